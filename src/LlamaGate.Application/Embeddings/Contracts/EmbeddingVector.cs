using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Embeddings.Contracts;

/// <summary>A vector and how it is written: as numbers, or as base64 of little-endian single precision. Both are exact.</summary>
[JsonConverter(typeof(EmbeddingVectorConverter))]
public sealed record EmbeddingVector(ReadOnlyMemory<float> Values, bool IsBase64);

internal sealed class EmbeddingVectorConverter : JsonConverter<EmbeddingVector>
{
    public override EmbeddingVector Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Embeddings are only written.");

    public override void Write(Utf8JsonWriter writer, EmbeddingVector value, JsonSerializerOptions options)
    {
        if (value.IsBase64)
        {
            WriteBase64(writer, value.Values.Span);
            return;
        }

        writer.WriteStartArray();
        foreach (var number in value.Values.Span)
        {
            // The shortest decimal that reads back to the same bits.
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }

    private static void WriteBase64(Utf8JsonWriter writer, ReadOnlySpan<float> values)
    {
        var length = values.Length * sizeof(float);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var bytes = buffer.AsSpan(0, length);
            for (var i = 0; i < values.Length; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes[(i * sizeof(float))..], values[i]);
            }

            writer.WriteBase64StringValue(bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
