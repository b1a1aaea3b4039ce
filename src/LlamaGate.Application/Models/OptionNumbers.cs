using System.Text.Json;

namespace LlamaGate.Application.Models;

/// <summary>Reads numbers among Ollama's options as Ollama does: <c>8192.0</c> is an integer, and a fraction is cut off.</summary>
public static class OptionNumbers
{
    /// <returns>Null for another type, and for less than 1, which means to Ollama that nothing is set.</returns>
    public static int? Positive(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && number >= 1 ? (int)Math.Min(number, int.MaxValue) : null;
}
