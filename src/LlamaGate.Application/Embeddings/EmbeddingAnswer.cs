using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Embeddings;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Embeddings;

/// <summary>Vectors, and how they were obtained.</summary>
/// <param name="Result">Shared by all callers with the same request.</param>
/// <param name="Cache">What the response cache did for this caller.</param>
public sealed record EmbeddingAnswer(EmbeddingResult Result, CacheOutcome Cache)
{
    /// <summary>
    /// From the upstream call to the first vector; null for a cached answer. All vectors arrive at once, so it is the whole time.
    /// </summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>From the upstream call to its end; null for a cached answer.</summary>
    public TimeSpan? UpstreamTime { get; init; }

    /// <summary>The times reported by Ollama; null for a cached answer.</summary>
    public GenerationTimings? Timings => UpstreamTime is null ? null : Result.Timings;
}
