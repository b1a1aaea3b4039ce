using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Generation;

/// <summary>A call's arguments: OpenAI's JSON in a string, Ollama's object.</summary>
internal static class ToolArguments
{
    private const string None = "{}";

    /// <summary>
    /// The object for a call's arguments in a history. Empty values become the empty object. A text that is not an
    /// object (truncated JSON, plain words) becomes a member of one: a history must always remain usable.
    /// </summary>
    public static string ToObject(string? arguments)
    {
        if (IsObject(arguments))
        {
            return arguments!;
        }

        return SaysNothing(arguments) ? None : Wrap("arguments", arguments!);
    }

    /// <summary>The object that holds a string as its only member.</summary>
    /// <param name="member">ASCII letters.</param>
    public static string Wrap(string member, string text) =>
        $$"""{"{{member}}":"{{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}}"}""";

    /// <summary>A member that is a string; null when there is none of this name.</summary>
    /// <param name="arguments">A JSON object.</param>
    public static string? FindText(string arguments, string member) =>
        JsonElement.Parse(arguments, ContractSerialization.DocumentOptions).TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static bool IsObject(string? arguments)
    {
        if (string.IsNullOrWhiteSpace(arguments))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(arguments), ContractSerialization.ReaderOptions);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool SaysNothing(string? arguments)
    {
        var text = arguments.AsSpan().Trim();
        return text is "" or "null" or "\"\"" || (text is ['[', .. var items, ']'] && items.IsWhiteSpace());
    }
}
