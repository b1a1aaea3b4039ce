using System.Globalization;
using System.Text;

namespace LlamaGate.OllamaEmulator.Demo;

/// <summary>
/// Vectors that are always the same for the same text, near each other for texts that share words, and of length one.
/// </summary>
internal static class DemoEmbedding
{
    private const uint Fnv = 2166136261;

    /// <param name="text">What to embed.</param>
    /// <param name="length">The model's vector length.</param>
    /// <param name="dimensions">Keeps only the first ones and normalises again; ignored when not below the length
    /// or not positive.</param>
    public static string Of(string text, int length, int dimensions)
    {
        var vector = new double[length];
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).DefaultIfEmpty(text))
        {
            for (var i = 0; i < length; i++)
            {
                vector[i] += Hash(word, i);
            }
        }

        var kept = dimensions > 0 && dimensions < length ? vector[..dimensions] : vector;
        var norm = Math.Sqrt(kept.Sum(value => value * value));
        var numbers = kept.Select(value => (float)(value / norm));
        return $"[{string.Join(',', numbers.Select(n => n.ToString("0.#########", CultureInfo.InvariantCulture)))}]";
    }

    /// <summary>Between -1 and 1, never 0.</summary>
    private static double Hash(string word, int dimension)
    {
        var hash = Fnv + (uint)dimension * 0x9E3779B9;
        foreach (var b in Encoding.UTF8.GetBytes(word))
        {
            hash = (hash ^ b) * 16777619;
        }

        hash ^= hash >> 15;
        hash *= 0x85EBCA6B;
        hash ^= hash >> 13;
        return (hash + 0.5) / uint.MaxValue * 2 - 1;
    }
}
