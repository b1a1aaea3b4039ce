using System.Text.Json;

namespace LlamaGate.Domain.Generation;

/// <summary>How a model chooses its tokens. Null means: not requested, so the model's own default applies. Zero is a value.</summary>
public sealed record GenerationOptions
{
    public double? Temperature { get; init; }

    public double? TopP { get; init; }

    public long? Seed { get; init; }

    public double? FrequencyPenalty { get; init; }

    public double? PresencePenalty { get; init; }

    /// <summary>Maximum number of tokens to generate, 1 or more (Ollama's <c>num_predict</c>).</summary>
    public int? MaxTokens { get; init; }

    public IReadOnlyList<string>? Stop { get; init; }

    /// <summary>Further Ollama options (<c>num_ctx</c>, <c>top_k</c> …), a JSON object. The properties above override members here.</summary>
    public JsonElement? Vendor { get; init; }

    /// <summary>Whether the model would choose the same tokens again: at temperature 0, or with a seed.</summary>
    public bool IsDeterministic => IsZero(Temperature ?? VendorNumber("temperature")) || HasSeed(Seed ?? VendorNumber("seed"));

    private static bool IsZero(double? temperature) => temperature is 0;

    /// <summary>-1 means a random seed in Ollama.</summary>
    private static bool HasSeed(double? seed) => seed is not null and not -1;

    private double? VendorNumber(string name) =>
        Vendor is { ValueKind: JsonValueKind.Object } options && options.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number)
            ? number
            : null;
}
