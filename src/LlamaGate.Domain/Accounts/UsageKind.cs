namespace LlamaGate.Domain.Accounts;

/// <summary>What a usage record is about. The values are stored.</summary>
public enum UsageKind
{
    /// <summary>A call that was sent upstream.</summary>
    Call = 0,

    /// <summary>An answer from the cache.</summary>
    CacheHit = 1,
}
