using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Embeddings;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Embeddings;

/// <summary>Vectors, and how the gateway came by them.</summary>
/// <param name="Result">Shared by all callers with the same request.</param>
/// <param name="Cache">What the response cache did for this caller.</param>
public sealed record EmbeddingAnswer(EmbeddingResult Result, CacheOutcome Cache)
{
    /// <summary>
    /// From the call upstream to the first vector; null for a kept answer. Vectors come all at once, so it is the whole time.
    /// </summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>From the call upstream to its end; null for a kept answer.</summary>
    public TimeSpan? UpstreamTime { get; init; }

    /// <summary>Ollama's own account of its time; null for a kept answer.</summary>
    public GenerationTimings? Timings => UpstreamTime is null ? null : Result.Timings;
}
