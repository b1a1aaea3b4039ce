namespace LlamaGate.Application.Abstractions;

/// <summary>What the response cache did for one exchange; the value of <c>X-LlamaGate-Cache</c>.</summary>
public enum CacheOutcome
{
    /// <summary>Answered from the cache, or together with an equal request that was already in flight.</summary>
    Hit,

    /// <summary>Looked up, not found, sent upstream.</summary>
    Miss,

    /// <summary>Not looked up: caching is off, the caller requested it, or the cache failed.</summary>
    Bypass,
}
