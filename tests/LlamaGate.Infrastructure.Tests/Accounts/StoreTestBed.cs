using LlamaGate.Domain.Accounts;
using LlamaGate.Infrastructure.Accounts.Sqlite;
using LlamaGate.Infrastructure.Tests.Callers;
using Microsoft.Data.Sqlite;

namespace LlamaGate.Infrastructure.Tests.Accounts;

/// <summary>A directory of its own, stores in it, and the means to look at and spoil their file.</summary>
internal sealed class StoreTestBed : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly List<SqliteUsageStore> _stores = [];
    private readonly List<SqliteConnection> _others = [];

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("llamagate-accounts-").FullName;

    public string File => Path.Combine(Directory, "usage.db");

    public CollectedLog<StoreLog> Log { get; } = new();

    public static StoreLimits Quick { get; } = new()
    {
        BatchDelay = TimeSpan.FromMilliseconds(10),
        RetryDelay = TimeSpan.FromMilliseconds(20),
    };

    public static UsageRecord Record(string key = "alice", string model = "m", DateTimeOffset? at = null, Guid? id = null) =>
        new(id ?? Guid.CreateVersion7(), at ?? Noon, key, model)
        {
            Host = "gpu1",
            User = "ann",
            TokensIn = 10,
            TokensOut = 3,
            Load = TimeSpan.FromSeconds(1),
            Prompt = TimeSpan.FromSeconds(0.5),
            Eval = TimeSpan.FromSeconds(0.25),
            Device = TimeSpan.FromSeconds(2),
            Held = TimeSpan.FromSeconds(4),
            Waited = TimeSpan.FromSeconds(8),
            FirstChunk = TimeSpan.FromSeconds(0.5),
        };

    public static UsageQuery Query(UsageGroup by = UsageGroup.Key) => new(new DateOnly(2020, 1, 1), new DateOnly(2030, 1, 1), by);

    public SqliteUsageStore Start(StoreLimits? limits = null, TimeProvider? timeProvider = null)
    {
        var store = new SqliteUsageStore(Directory, static () => null, limits ?? Quick, timeProvider ?? TimeProvider.System, Log);
        _stores.Add(store);
        return store;
    }

    /// <summary>A store whose file another program has locked: it can be read, and what is added stays pending.</summary>
    public SqliteUsageStore StartLocked()
    {
        var other = Connect();
        _others.Add(other);
        other.Execute("BEGIN IMMEDIATE");
        return Start();
    }

    /// <summary>Writes the records to the file, in a store that has ended when this returns.</summary>
    public void Write(params UsageRecord[] records)
    {
        using var store = Start();
        foreach (var record in records)
        {
            store.Add(record);
        }
    }

    /// <summary>A connection of somebody else.</summary>
    public SqliteConnection Connect(SqliteOpenMode mode = SqliteOpenMode.ReadWrite)
    {
        NativeSqlite.Load(Directory, static () => null);
        var connection = new SqliteConnection($"Data Source={File};Mode={mode};Pooling=False");
        connection.Open();
        return connection;
    }

    public long Count(string table)
    {
        using var connection = Connect(SqliteOpenMode.ReadOnly);
        return (long)connection.Read($"SELECT count(*) FROM {table}")!;
    }

    /// <summary>The calls of each group.</summary>
    public static async Task<string> CallsOfAsync(SqliteUsageStore store, UsageGroup by = UsageGroup.Key) =>
        string.Join(' ', (await store.ListAsync(Query(by), CancellationToken.None)).Select(row => $"{row.Group}={row.Calls}"));

    public static void WaitFor(Func<bool> condition, string what) =>
        Assert.True(SpinWait.SpinUntil(condition, LongestWait), $"It did not come to this in time: {what}");

    public void Dispose()
    {
        _others.ForEach(other => other.Dispose());
        _stores.ForEach(store => store.Dispose());
        if (System.IO.Directory.Exists(Directory))
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }
}
