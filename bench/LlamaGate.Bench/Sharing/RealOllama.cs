using System.Globalization;

namespace LlamaGate.Bench.Sharing;

/// <summary>The Ollama that the environment names instead of the emulator.</summary>
/// <param name="Address">OLLAMA.</param>
/// <param name="Models">OLLAMA_MODELS: two, of which one fits.</param>
/// <param name="Slots">OLLAMA_NUM_PARALLEL; 1 unless it is set.</param>
internal sealed record RealOllama(Uri Address, IReadOnlyList<string> Models, int Slots)
{
    /// <summary>Null when OLLAMA is not set.</summary>
    /// <param name="variable">The value of a variable.</param>
    /// <exception cref="FormatException">The variables do not name an address, two models and a number of slots.</exception>
    public static RealOllama? From(Func<string, string?> variable)
    {
        if (variable("OLLAMA") is not { Length: > 0 } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp)
        {
            throw new FormatException($"OLLAMA must be an http:// URL, not '{text}'");
        }

        var models = (variable("OLLAMA_MODELS") ?? string.Empty)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (models.Length != 2)
        {
            throw new FormatException("OLLAMA_MODELS must be two names such as a,b");
        }

        return int.TryParse(variable("OLLAMA_NUM_PARALLEL") ?? "1", CultureInfo.InvariantCulture, out var slots) && slots > 0
            ? new RealOllama(address, models, slots)
            : throw new FormatException("OLLAMA_NUM_PARALLEL must be a number from 1");
    }
}
