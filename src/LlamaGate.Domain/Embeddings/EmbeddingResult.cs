using LlamaGate.Domain.Generation;

namespace LlamaGate.Domain.Embeddings;

/// <summary>What became of an <see cref="EmbeddingRequest"/>.</summary>
/// <param name="Vectors">One for each input, in the order of the inputs, all of one length and all numbers finite.</param>
/// <param name="PromptTokens">Tokens of all inputs together, as Ollama counted them.</param>
/// <param name="Timings">Of all upstream calls together.</param>
public sealed record EmbeddingResult(IReadOnlyList<ReadOnlyMemory<float>> Vectors, int PromptTokens, GenerationTimings Timings);
