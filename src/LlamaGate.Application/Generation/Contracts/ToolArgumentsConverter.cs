using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Generation.Contracts;

/// <summary>
/// Reads the arguments of a call in a history: OpenAI's JSON in a string, and the JSON itself, which some clients send in its place.
/// </summary>
internal sealed class ToolArgumentsConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        // Not null: the serializer keeps null for itself.
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : JsonElement.ParseValue(ref reader).GetRawText();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
