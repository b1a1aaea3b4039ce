using Microsoft.Data.Sqlite;

namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>Sizes and times of the store. Tests shorten them.</summary>
internal sealed record StoreLimits
{
    /// <summary>How long records are collected before they are committed together. A commit must end within 250 ms of the oldest.</summary>
    public TimeSpan BatchDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Records of one transaction.</summary>
    public int BatchSize { get; init; } = 1000;

    /// <summary>Records that wait in memory at most, about 30 MB.</summary>
    public int Capacity { get; init; } = 100_000;

    /// <summary>The pause before the next attempt after a fault.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long records are kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Old records that one transaction removes.</summary>
    public int PruneSize { get; init; } = 500;

    public TimeSpan PrunePeriod { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long the end of the process waits for the last records.</summary>
    public TimeSpan ShutdownTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A file up to this size is checked as a whole when it is opened; of a larger one, faults show when they are met.</summary>
    public long FullCheckBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Called for each connection that will write.</summary>
    public Action<SqliteConnection> Configure { get; init; } = static _ => { };
}
