using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Generation.Contracts;

/// <summary>OpenAI's <c>stop</c>: a string or an array of strings.</summary>
internal sealed class StopSequencesConverter : JsonConverter<IReadOnlyList<string>>
{
    private const string Expected = "stop must be a string or an array of strings.";

    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return [reader.GetString()!];
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new ContractException(Expected);
        }

        var sequences = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            sequences.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new ContractException(Expected));
        }

        return sequences;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var sequence in value)
        {
            writer.WriteStringValue(sequence);
        }

        writer.WriteEndArray();
    }
}
