namespace LlamaGate.Domain.Accounts;

/// <summary>A sum of usage records.</summary>
/// <param name="Group">The key, user, model or host, or the day as <c>2026-11-30</c>; empty where the records name none.</param>
public sealed record UsageRow(string Group)
{
    /// <summary>Upstream calls, failed and cancelled ones included.</summary>
    public long Calls { get; init; }

    public long TokensIn { get; init; }

    public long TokensOut { get; init; }

    /// <summary>Load, prompt and answer.</summary>
    public TimeSpan GpuTime { get; init; }

    /// <summary>Busy time of the hosts.</summary>
    public TimeSpan DeviceTime { get; init; }

    /// <summary>Answers from the cache.</summary>
    public long CacheHits { get; init; }

    public long TokensSaved { get; init; }

    public TimeSpan Waited { get; init; }

    /// <summary>What one record adds to the sum of its group.</summary>
    public static UsageRow Of(UsageRecord record, string group) => new(group)
    {
        Calls = record.Kind is UsageKind.Call ? 1 : 0,
        TokensIn = record.TokensIn,
        TokensOut = record.TokensOut,
        GpuTime = record.GpuTime,
        DeviceTime = record.Device,
        CacheHits = record.Kind is UsageKind.CacheHit ? 1 : 0,
        TokensSaved = record.TokensSaved,
        Waited = record.Waited,
    };

    /// <summary>Both together, with the group of this one.</summary>
    public UsageRow Plus(UsageRow other) => this with
    {
        Calls = Calls + other.Calls,
        TokensIn = TokensIn + other.TokensIn,
        TokensOut = TokensOut + other.TokensOut,
        GpuTime = GpuTime + other.GpuTime,
        DeviceTime = DeviceTime + other.DeviceTime,
        CacheHits = CacheHits + other.CacheHits,
        TokensSaved = TokensSaved + other.TokensSaved,
        Waited = Waited + other.Waited,
    };
}
