using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>Ollama's vectors → the domain's, if they match the request.</summary>
internal static class EmbeddingAnswerMapping
{
    /// <summary>Appends the vectors of one call.</summary>
    /// <param name="inputs">How many inputs the call had.</param>
    /// <param name="vectors">The vectors of the previous calls.</param>
    public static void Append(OllamaEmbedResponse response, int inputs, List<ReadOnlyMemory<float>> vectors)
    {
        var given = response.Embeddings ?? [];
        if (given.Count != inputs)
        {
            throw Broken($"Ollama answered {inputs} inputs with {given.Count} embeddings.");
        }

        foreach (var vector in given)
        {
            if (vector is not { Length: > 0 } || (vectors.Count > 0 && vectors[0].Length != vector.Length))
            {
                throw Broken("Ollama answered with embeddings of different lengths.");
            }

            if (!Array.TrueForAll(vector, float.IsFinite))
            {
                throw Broken("Ollama answered with an embedding whose numbers are out of range.");
            }

            vectors.Add(vector);
        }
    }

    /// <summary>Embedding consists only of prompt evaluation.</summary>
    /// <param name="load">Nanoseconds.</param>
    /// <param name="total">Nanoseconds, loading included.</param>
    public static GenerationTimings ToTimings(long load, long total) =>
        OllamaDurations.ToTimings(load, prompt: Math.Max(0, total - load), eval: 0);

    private static GatewayException Broken(string message) =>
        new(GatewayError.UpstreamError, message) { LogDetail = message };
}
