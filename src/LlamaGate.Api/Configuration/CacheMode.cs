namespace LlamaGate.Api.Configuration;

/// <summary>Which answers the cache keeps and gives again (CACHE_MODE).</summary>
internal enum CacheMode
{
    /// <summary>Every complete answer.</summary>
    All,

    /// <summary>Answers that the model would give again: to requests with temperature 0 or a seed. Embeddings always are.</summary>
    Deterministic,

    /// <summary>None.</summary>
    Off,
}
