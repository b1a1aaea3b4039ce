using System.Text.Json;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>
/// Reads a value of Ollama's; null for JSON's null. The reader stands before it, and at its end afterwards.
/// </summary>
/// <param name="state">What the value takes from elsewhere.</param>
internal delegate T? JsonReading<in TState, out T>(ref Utf8JsonReader reader, TState state)
    where T : class;

/// <summary>How an object is read by hand.</summary>
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
