using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Embeddings;

/// <summary>What is known of vectors that did not come.</summary>
/// <param name="Cache">What the response cache did for this caller.</param>
/// <param name="UpstreamTime">From the call upstream, or from joining an equal one, to the failure.</param>
public sealed record EmbeddingFailure(CacheOutcome Cache, TimeSpan UpstreamTime);
