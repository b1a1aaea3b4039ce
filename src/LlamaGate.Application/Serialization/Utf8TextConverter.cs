using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Serialization;

/// <summary>JSON strings as what they are: read and written without becoming UTF-16 between.</summary>
internal sealed class Utf8TextConverter : JsonConverter<Utf8Text>
{
    public override Utf8Text Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Read(ref reader) : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, Utf8Text value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Bytes.Span);

    /// <summary>Copies the string at which the reader is. Text that is not valid Unicode is an error of the input.</summary>
    public static Utf8Text Read(ref Utf8JsonReader reader)
    {
        // As long as it is with its escapes, which are longer than what they stand for.
        var length = reader.HasValueSequence ? (int)reader.ValueSequence.Length : reader.ValueSpan.Length;
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        return new Utf8Text(bytes.AsMemory(0, reader.CopyString(bytes)));
    }
}
