namespace LlamaGate.Domain.Scheduling;

/// <summary>
/// Calls whose prompts begin alike. While one of them computes the common part, the others are held: each slot that computes it at the same
/// time makes all of them slower, and afterwards it is in the cache.
/// </summary>
internal sealed class PrefixGroup(long prefix)
{
    public long Prefix => prefix;

    /// <summary>Calls of the group that have not ended.</summary>
    public int Calls { get; set; }

    /// <summary>The call that computes the common part; null = none does.</summary>
    public CallTicket? Leader { get; set; }

    /// <summary>The host that has computed the common part last; null = none has.</summary>
    public string? CachedAt { get; set; }

    /// <summary>When the others no longer wait for the leader.</summary>
    public TimeSpan HeldUntil { get; set; }

    public List<CallTicket> Held { get; } = [];
}
