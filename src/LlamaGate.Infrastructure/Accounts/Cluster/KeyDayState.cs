using Orleans;

namespace LlamaGate.Infrastructure.Accounts.Cluster;

/// <summary>What is kept of a key and day.</summary>
[GenerateSerializer]
internal sealed class KeyDayState
{
    [Id(0)]
    public List<DayTotal> Totals { get; set; } = [];

    /// <summary>The number of the last counted batch of each gateway, by the gateway.</summary>
    [Id(1)]
    public Dictionary<string, long> Counted { get; set; } = [];

    [Id(2)]
    public DateTimeOffset LastUse { get; set; }
}

/// <summary>What is kept of a day.</summary>
[GenerateSerializer]
internal sealed class UsageDayState
{
    [Id(0)]
    public Dictionary<string, DateTimeOffset> LastUses { get; set; } = [];
}
