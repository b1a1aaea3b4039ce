using LlamaGate.Domain.Embeddings;

namespace LlamaGate.Application.Embeddings;

/// <summary>About how much memory kept vectors hold, in bytes.</summary>
internal static class EmbeddingSize
{
    /// <summary>Objects, references and the key, beside the vectors.</summary>
    private const int Answer = 1024;

    /// <summary>An array and the reference to it, beside its numbers.</summary>
    private const int Vector = 64;

    public static long Of(EmbeddingResult result) =>
        Answer + result.Vectors.Sum(values => Vector + (sizeof(float) * (long)values.Length));
}
