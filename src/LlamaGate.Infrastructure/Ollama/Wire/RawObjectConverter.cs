using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>JSON that is an object for Ollama and its text in the domain, with the key order preserved.</summary>
internal sealed class RawObjectConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonElement.ParseValue(ref reader).GetRawText();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value);
}
