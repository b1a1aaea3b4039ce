using Orleans;
using Orleans.Runtime;

namespace LlamaGate.Infrastructure.Accounts.Cluster;

/// <summary>What one gateway reports about one key and day.</summary>
[GenerateSerializer]
internal sealed class KeyDayReport
{
    /// <summary>The gateway.</summary>
    [Id(0)]
    public required SiloAddress Replica { get; init; }

    /// <summary>Grows with each report, so that an older one that comes late changes no reservations.</summary>
    [Id(1)]
    public required long Stamp { get; init; }

    /// <summary>Estimates of the calls whose use is in no batch yet.</summary>
    [Id(2)]
    public required double ReservedTokens { get; init; }

    [Id(3)]
    public required double ReservedGpuSeconds { get; init; }

    /// <summary>In the order of their numbers.</summary>
    [Id(4)]
    public required UsageBatch[] Batches { get; init; }
}

/// <summary>The sum of some records of one gateway. Its number makes it count once, however often it is sent.</summary>
[GenerateSerializer]
internal sealed class UsageBatch
{
    [Id(0)]
    public required long Number { get; init; }

    [Id(1)]
    public required DayTotal[] Totals { get; init; }

    /// <summary>When the key was last used.</summary>
    [Id(2)]
    public required DateTimeOffset LastUse { get; init; }
}

/// <summary>One day total of a key. Durations are in ticks.</summary>
[GenerateSerializer]
internal sealed class DayTotal
{
    [Id(0)]
    public string User { get; init; } = "";

    [Id(1)]
    public string Model { get; init; } = "";

    [Id(2)]
    public string Host { get; init; } = "";

    [Id(3)]
    public long Calls { get; init; }

    [Id(4)]
    public long TokensIn { get; init; }

    [Id(5)]
    public long TokensOut { get; init; }

    [Id(6)]
    public long GpuTicks { get; init; }

    [Id(7)]
    public long DeviceTicks { get; init; }

    [Id(8)]
    public long CacheHits { get; init; }

    [Id(9)]
    public long TokensSaved { get; init; }

    [Id(10)]
    public long WaitedTicks { get; init; }
}

/// <summary>A wish to reserve.</summary>
[GenerateSerializer]
internal sealed class QuotaWish
{
    /// <summary>Null = no limit.</summary>
    [Id(0)]
    public required long? TokensLimit { get; init; }

    /// <summary>Null = no limit.</summary>
    [Id(1)]
    public required double? GpuSecondsLimit { get; init; }

    /// <summary>The part of the report's reservations that is wished for.</summary>
    [Id(2)]
    public required double Tokens { get; init; }

    [Id(3)]
    public required double GpuSeconds { get; init; }
}

/// <summary>What all gateways have used of a key on a day.</summary>
[GenerateSerializer]
internal sealed class KeyDayAnswer
{
    /// <summary>The number of the asking gateway's last batch that is counted.</summary>
    [Id(0)]
    public required long Counted { get; init; }

    /// <summary>The number of its last batch that is in Redis.</summary>
    [Id(1)]
    public required long Kept { get; init; }

    [Id(2)]
    public required long Tokens { get; init; }

    [Id(3)]
    public required double GpuSeconds { get; init; }

    /// <summary>Of the other gateways.</summary>
    [Id(4)]
    public required double ReservedTokens { get; init; }

    [Id(5)]
    public required double ReservedGpuSeconds { get; init; }

    /// <summary>As a wish was answered: 0 = reserved, 1 = tokens are spent, 2 = GPU seconds are.</summary>
    [Id(6)]
    public int Spent { get; init; }
}
