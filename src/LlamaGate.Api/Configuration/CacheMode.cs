namespace LlamaGate.Api.Configuration;

/// <summary>Which answers are cached (CACHE_MODE).</summary>
internal enum CacheMode
{
    /// <summary>Every complete answer.</summary>
    All,

    /// <summary>Answers that the model would repeat: those to requests with temperature 0 or a seed, and all embeddings.</summary>
    Deterministic,

    /// <summary>None.</summary>
    Off,
}
