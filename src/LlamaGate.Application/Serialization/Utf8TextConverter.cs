using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Serialization;

/// <summary>Reads and writes JSON strings as UTF-8, without a conversion to UTF-16.</summary>
internal sealed class Utf8TextConverter : JsonConverter<Utf8Text>
{
    public override Utf8Text Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? Read(ref reader)
            // The serializer's own words for it. Of an object it would name the contract that contains it.
            : throw new JsonException($"The JSON value could not be converted to {typeToConvert}.");

    public override void Write(Utf8JsonWriter writer, Utf8Text value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Bytes.Span);

    /// <summary>Copies the reader's current string. Text that is not valid Unicode is an input error.</summary>
    public static Utf8Text Read(ref Utf8JsonReader reader)
    {
        // The length with escapes, which are longer than the characters they encode.
        var length = reader.HasValueSequence ? (int)reader.ValueSequence.Length : reader.ValueSpan.Length;
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        return new Utf8Text(bytes.AsMemory(0, reader.CopyString(bytes)));
    }
}
