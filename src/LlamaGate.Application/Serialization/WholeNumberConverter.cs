using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Serialization;

/// <summary>
/// Reads whole numbers however they are written: <c>10.0</c> and <c>1e3</c> are integers in JSON. One beyond 32 bits becomes the nearest
/// that fits, so that the field's own range decides about it.
/// </summary>
internal sealed class WholeNumberConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && !reader.TryGetInt32(out _) && reader.TryGetDouble(out var number)
            && double.IsInteger(number))
        {
            return (int)Math.Clamp(number, int.MinValue, int.MaxValue);
        }

        // Throws what the serializer words: for text, for 1.5.
        return reader.GetInt32();
    }

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
