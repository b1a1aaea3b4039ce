using System.Text.Json;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>
/// Reads one of Ollama's values; null for JSON null. The reader is before the value, and at its end afterwards.
/// </summary>
/// <param name="state">Further data for the value.</param>
internal delegate T? JsonReading<in TState, out T>(ref Utf8JsonReader reader, TState state)
    where T : class;

/// <summary>Reads an object by hand.</summary>
internal static class OllamaJson
{
    /// <summary>
    /// True when an object begins, false for null. Moves to the first token when the reader has none yet.
    /// </summary>
    public static bool TryStartObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.None)
        {
            reader.Read();
        }

        return reader.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.Null => false,
            _ => throw new JsonException("An object was expected."),
        };
    }

    /// <summary>Moves to the next member's name, or to the object's end.</summary>
    public static bool MoveToMember(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.PropertyName;
    }
}
