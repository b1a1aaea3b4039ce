using LlamaGate.Domain.Embeddings;

namespace LlamaGate.Application.Embeddings;

/// <summary>Estimates how much memory cached vectors use, in bytes.</summary>
internal static class EmbeddingSize
{
    /// <summary>Objects, references and the key, in addition to the vectors.</summary>
    private const int Answer = 1024;

    /// <summary>An array and the reference to it, in addition to its numbers.</summary>
    private const int Vector = 64;

    public static long Of(EmbeddingResult result) =>
        Answer + result.Vectors.Sum(values => Vector + (sizeof(float) * (long)values.Length));
}
