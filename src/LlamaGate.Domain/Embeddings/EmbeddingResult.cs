using LlamaGate.Domain.Generation;

namespace LlamaGate.Domain.Embeddings;

/// <summary>The result of an <see cref="EmbeddingRequest"/>.</summary>
/// <param name="Vectors">One for each input, in the order of the inputs, all of the same length, with finite numbers only.</param>
/// <param name="PromptTokens">Tokens of all inputs together, as Ollama counted them.</param>
/// <param name="Timings">Of all upstream calls together.</param>
public sealed record EmbeddingResult(IReadOnlyList<ReadOnlyMemory<float>> Vectors, int PromptTokens, GenerationTimings Timings);
