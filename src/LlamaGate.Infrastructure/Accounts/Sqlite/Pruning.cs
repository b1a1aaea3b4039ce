using Microsoft.Data.Sqlite;

namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>Removes old records in small steps: at the start, then each hour.</summary>
internal sealed class Pruning(StoreLimits limits, TimeProvider timeProvider)
{
    /// <summary>The row behind which the next step begins; null between two rounds.</summary>
    private long? _position = 0;
    private long _lastRound;

    /// <summary>Until the next step.</summary>
    public TimeSpan DueIn
    {
        get
        {
            var rest = _position is null ? limits.PrunePeriod - timeProvider.GetElapsedTime(_lastRound) : TimeSpan.Zero;
            return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        }
    }

    /// <summary>Does the step that is due, if one is.</summary>
    /// <returns>How many records were removed.</returns>
    public long Step(SqliteConnection connection)
    {
        if (DueIn > TimeSpan.Zero)
        {
            return 0;
        }

        var before = timeProvider.GetUtcNow() - limits.Retention;
        var (removed, position) = UsageQueries.Prune(connection, before, limits.PruneSize, _position ?? 0);
        _position = position;
        _lastRound = timeProvider.GetTimestamp();
        return removed;
    }
}
