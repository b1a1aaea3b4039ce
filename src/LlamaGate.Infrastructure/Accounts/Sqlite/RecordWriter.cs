using LlamaGate.Domain.Accounts;
using Microsoft.Data.Sqlite;

namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>Writes records, and the sums that they change, in one transaction. A record that is in the file already changes nothing.</summary>
internal sealed class RecordWriter(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _insert = connection.Prepare(
        """
        INSERT OR IGNORE INTO records (id, ended_ms, kind, operation, outcome, error, key_id, user, model, host, tokens_in, tokens_out,
            tokens_saved, load_us, prompt_us, eval_us, held_us, device_us, waited_us, first_chunk_us)
        VALUES ($id, $ended, $kind, $operation, $outcome, $error, $key, $user, $model, $host, $in, $out,
            $saved, $load, $prompt, $eval, $held, $device, $waited, $first)
        """,
        "$id", "$ended", "$kind", "$operation", "$outcome", "$error", "$key", "$user", "$model", "$host", "$in", "$out",
        "$saved", "$load", "$prompt", "$eval", "$held", "$device", "$waited", "$first");

    private readonly SqliteCommand _add = connection.Prepare(
        """
        INSERT INTO day_totals (day, key_id, user, model, host, calls, tokens_in, tokens_out, gpu_us, device_us, cache_hits, tokens_saved, waited_us)
        VALUES ($day, $key, $user, $model, $host, $calls, $in, $out, $gpu, $device, $hits, $saved, $waited)
        ON CONFLICT DO UPDATE SET calls = calls + excluded.calls, tokens_in = tokens_in + excluded.tokens_in,
            tokens_out = tokens_out + excluded.tokens_out, gpu_us = gpu_us + excluded.gpu_us, device_us = device_us + excluded.device_us,
            cache_hits = cache_hits + excluded.cache_hits, tokens_saved = tokens_saved + excluded.tokens_saved,
            waited_us = waited_us + excluded.waited_us
        """,
        "$day", "$key", "$user", "$model", "$host", "$calls", "$in", "$out", "$gpu", "$device", "$hits", "$saved", "$waited");

    private readonly SqliteCommand _use = connection.Prepare(
        """
        INSERT INTO last_uses (key_id, used_ms) VALUES ($key, $used)
        ON CONFLICT DO UPDATE SET used_ms = max(used_ms, excluded.used_ms)
        """,
        "$key", "$used");

    /// <summary>Writes up to the commit, which <see cref="Commit"/> does. After an exception, dispose the connection.</summary>
    public void Write(IReadOnlyList<UsageRecord> records)
    {
        var totals = new Dictionary<DayKey, UsageRow>();
        var uses = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        connection.Execute("BEGIN IMMEDIATE");
        foreach (var record in records.Where(TryInsert))
        {
            var key = DayKey.Of(record);
            var added = UsageRow.Of(record, "");
            totals[key] = totals.TryGetValue(key, out var sum) ? sum.Plus(added) : added;
            uses[record.KeyId] = uses.TryGetValue(record.KeyId, out var last) && last > record.EndedAt ? last : record.EndedAt;
        }

        foreach (var (key, total) in totals)
        {
            _add.Set(
                DayText.Of(key.Day), key.Key, key.User, key.Model, key.Host, total.Calls, total.TokensIn, total.TokensOut,
                Microseconds.Of(total.GpuTime), Microseconds.Of(total.DeviceTime), total.CacheHits, total.TokensSaved,
                Microseconds.Of(total.Waited)).ExecuteNonQuery();
        }

        foreach (var (key, used) in uses)
        {
            _use.Set(key, used.ToUnixTimeMilliseconds()).ExecuteNonQuery();
        }
    }

    public void Commit() => connection.Execute("COMMIT");

    public void Dispose()
    {
        _insert.Dispose();
        _add.Dispose();
        _use.Dispose();
    }

    private bool TryInsert(UsageRecord record) => _insert.Set(
        RecordId.Of(record.Id), record.EndedAt.ToUnixTimeMilliseconds(), (int)record.Kind, (int)record.Operation, (int)record.Outcome,
        record.Error?.ToString(), record.KeyId, record.User ?? "", record.Model, record.Host ?? "", record.TokensIn, record.TokensOut,
        record.TokensSaved, Microseconds.Of(record.Load), Microseconds.Of(record.Prompt), Microseconds.Of(record.Eval),
        Microseconds.Of(record.Held), Microseconds.Of(record.Device), Microseconds.Of(record.Waited),
        record.FirstChunk is { } first ? Microseconds.Of(first) : null).ExecuteNonQuery() == 1;
}
