namespace LlamaGate.Application.Abstractions;

/// <summary>What the caller's <c>Cache-Control</c> header forbids.</summary>
[Flags]
public enum CacheDirectives
{
    None = 0,

    /// <summary><c>no-cache</c>: do not answer from the cache; a new answer may be stored.</summary>
    NoLookup = 1,

    /// <summary><c>no-store</c>: do not store the answer.</summary>
    NoStore = 2,
}
