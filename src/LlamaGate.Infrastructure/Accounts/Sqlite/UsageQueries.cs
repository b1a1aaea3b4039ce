using LlamaGate.Domain.Accounts;
using Microsoft.Data.Sqlite;

namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>Reads sums from an open file.</summary>
internal static class UsageQueries
{
    public static void Sum(SqliteConnection connection, UsageQuery query, UsageSums sums)
    {
        using var command = connection.Prepare(
            $"""
            SELECT {ColumnOf(query.By)}, sum(calls), sum(tokens_in), sum(tokens_out), sum(gpu_us), sum(device_us), sum(cache_hits),
                sum(tokens_saved), sum(waited_us)
            FROM day_totals WHERE day BETWEEN $from AND $to AND ($key IS NULL OR key_id = $key) GROUP BY 1
            """,
            "$from", "$to", "$key").Set(DayText.Of(query.From), DayText.Of(query.To), query.KeyId);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            sums.Add(new UsageRow(reader.GetString(0))
            {
                Calls = reader.GetInt64(1),
                TokensIn = reader.GetInt64(2),
                TokensOut = reader.GetInt64(3),
                GpuTime = Microseconds.ToTime(reader.GetInt64(4)),
                DeviceTime = Microseconds.ToTime(reader.GetInt64(5)),
                CacheHits = reader.GetInt64(6),
                TokensSaved = reader.GetInt64(7),
                Waited = Microseconds.ToTime(reader.GetInt64(8)),
            });
        }
    }

    public static void AddLastUses(SqliteConnection connection, Dictionary<string, DateTimeOffset> uses)
    {
        using var command = connection.Prepare("SELECT key_id, used_ms FROM last_uses");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            uses[reader.GetString(0)] = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1));
        }
    }

    /// <summary>Those of the records that the file does not have, each once.</summary>
    public static IEnumerable<UsageRecord> FindNew(SqliteConnection connection, IReadOnlyList<UsageRecord> records)
    {
        using var command = connection.Prepare("SELECT 1 FROM records WHERE id = $id", "$id");
        var seen = new HashSet<Guid>();
        foreach (var record in records)
        {
            if (seen.Add(record.Id) && command.Set(RecordId.Of(record.Id)).ExecuteScalar() is null)
            {
                yield return record;
            }
        }
    }

    /// <summary>Removes old records, a part at a time. Their place in the file is used again.</summary>
    /// <param name="after">Begin behind this row; 0 = at the first.</param>
    /// <returns>How many were removed, and the row behind which to go on; null when none of the part was old.</returns>
    public static (long Removed, long? Position) Prune(SqliteConnection connection, DateTimeOffset before, int most, long after)
    {
        // Rows are numbered as they came, so the old ones stand first.
        using var select = connection.Prepare(
            "SELECT max(rowid) FROM (SELECT rowid FROM records WHERE rowid > $after ORDER BY rowid LIMIT $most)", "$after", "$most");
        if (select.Set(after, most).ExecuteScalar() is not long last)
        {
            return (0, null);
        }

        using var delete = connection.Prepare(
            "DELETE FROM records WHERE rowid > $after AND rowid <= $last AND ended_ms < $before", "$after", "$last", "$before");
        var removed = delete.Set(after, last, before.ToUnixTimeMilliseconds()).ExecuteNonQuery();
        return (removed, removed > 0 ? last : null);
    }

    private static string ColumnOf(UsageGroup group) => group switch
    {
        UsageGroup.Key => "key_id",
        UsageGroup.User => "user",
        UsageGroup.Model => "model",
        UsageGroup.Host => "host",
        UsageGroup.Day => "day",
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, message: null),
    };
}
