using LlamaGate.Domain.Accounts;
using Microsoft.Data.Sqlite;

namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>The file and the pending records at one moment: no record is missing or counted twice.</summary>
internal sealed class UsageView : IDisposable
{
    private readonly SqliteConnection? _connection;
    private readonly IReadOnlyList<UsageRecord> _pending;

    private UsageView(SqliteConnection? connection, IReadOnlyList<UsageRecord> pending) => (_connection, _pending) = (connection, pending);

    /// <param name="gate">Keeps the writer from moving records from one to the other meanwhile.</param>
    public static UsageView Take(UsageFile file, PendingRecords pending, Lock gate)
    {
        var connection = file.OpenToRead();
        try
        {
            lock (gate)
            {
                // The transaction's view of the file begins with the first read.
                connection?.Execute("BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1");
                return new UsageView(connection, pending.List());
            }
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>The file alone; null when there is none, or nothing in it.</summary>
    public static UsageView? Take(UsageFile file) => file.OpenToRead() is { } connection ? new UsageView(connection, []) : null;

    public IReadOnlyList<UsageRow> List(UsageQuery query)
    {
        var sums = new UsageSums(query);
        if (_connection is not null)
        {
            UsageQueries.Sum(_connection, query, sums);
        }

        foreach (var record in _connection is null ? _pending.DistinctBy(one => one.Id) : UsageQueries.FindNew(_connection, _pending))
        {
            sums.Add(record);
        }

        return sums.ToRows();
    }

    public IReadOnlyDictionary<string, DateTimeOffset> ListLastUses()
    {
        var uses = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        if (_connection is not null)
        {
            UsageQueries.AddLastUses(_connection, uses);
        }

        foreach (var record in _pending)
        {
            uses[record.KeyId] = uses.TryGetValue(record.KeyId, out var last) && last > record.EndedAt ? last : record.EndedAt;
        }

        return uses;
    }

    public void Dispose() => _connection?.Dispose();
}
