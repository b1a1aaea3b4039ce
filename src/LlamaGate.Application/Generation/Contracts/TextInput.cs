using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Generation.Contracts;

/// <summary>OpenAI's text or array of texts. Its arrays of tokens are refused: Ollama takes text only.</summary>
/// <param name="Texts">The texts; one when it was a string.</param>
/// <param name="IsArray">Whether it came as an array, so that errors name the element.</param>
[JsonConverter(typeof(TextInputConverter))]
public sealed record TextInput(IReadOnlyList<string> Texts, bool IsArray)
{
    /// <summary>The path of a text below the field that holds them all.</summary>
    public string PathOf(string field, int index) => IsArray ? $"{field}[{index}]" : field;
}

/// <summary>Reads both forms and writes the array, so that a string and an array of it have one cache key.</summary>
internal sealed class TextInputConverter : JsonConverter<TextInput>
{
    private const string Expected = "Expected a string or an array of strings.";

    private const string NoTokens =
        "Token arrays are not supported, because Ollama accepts only text: send a string or an array of strings.";

    public override TextInput Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String => new TextInput([reader.GetString()!], IsArray: false),
            JsonTokenType.StartArray => new TextInput(ReadArray(ref reader), IsArray: true),
            _ => throw new ContractException(Expected),
        };

    public override void Write(Utf8JsonWriter writer, TextInput value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var text in value.Texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static List<string> ReadArray(ref Utf8JsonReader reader)
    {
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            texts.Add(reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString()!,
                JsonTokenType.Number or JsonTokenType.StartArray => throw new ContractException(NoTokens),
                _ => throw new ContractException(Expected),
            });
        }

        return texts;
    }
}
