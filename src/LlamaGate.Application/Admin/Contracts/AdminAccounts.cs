using System.Text.Json.Serialization;

namespace LlamaGate.Application.Admin.Contracts;

/// <summary>What the keys have used today.</summary>
/// <remarks>Members stand in the order in which they are written. Times are in seconds.</remarks>
public sealed record AdminAccounts
{
    /// <summary>The UTC day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>At most 200, those that used most first.</summary>
    public required IReadOnlyList<AdminAccount> Keys { get; init; }
}

/// <summary>What one key has used today.</summary>
/// <remarks>Members stand in the order in which they are written. Times are in seconds.</remarks>
public sealed record AdminAccount
{
    /// <summary>Its id.</summary>
    public required string Key { get; init; }

    /// <summary>Upstream calls.</summary>
    public required long Calls { get; init; }

    /// <summary>Tokens of the prompts.</summary>
    public required long TokensIn { get; init; }

    /// <summary>Tokens of the answers.</summary>
    public required long TokensOut { get; init; }

    /// <summary>Load, prompt and answer.</summary>
    public required double GpuSeconds { get; init; }

    /// <summary>Busy time of the hosts.</summary>
    public required double DeviceSeconds { get; init; }

    /// <summary>Answers from the cache.</summary>
    public required long CacheHits { get; init; }

    /// <summary>Tokens that those would have used.</summary>
    public required long TokensSaved { get; init; }

    /// <summary>In the queue.</summary>
    public required double Waited { get; init; }

    /// <summary>Its quota of tokens; null = none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? TokensPerDay { get; init; }

    /// <summary>What of it is used.</summary>
    public required long TokensUsed { get; init; }

    /// <summary>Its quota of GPU seconds; null = none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? GpuSecondsPerDay { get; init; }

    /// <summary>What of it is used.</summary>
    public required double GpuSecondsUsed { get; init; }
}
