using System.Buffers.Binary;
using System.Text.Json;
using CsCheck;
using LlamaGate.Application.Embeddings.Contracts;

namespace LlamaGate.Application.Tests.Embeddings;

public class EmbeddingVectorTests
{
    private static readonly Gen<float[]> Vectors = Gen.Int.Select(BitConverter.Int32BitsToSingle).Where(float.IsFinite).Array[1, 64];

    [Fact]
    public void Numbers_Written_ReadBackToTheSameBits() => Vectors.Sample(values =>
    {
        var read = JsonElement.Parse(Write(values, isBase64: false)).GetProperty("embedding").EnumerateArray().Select(n => n.GetSingle());
        return Bits(read).SequenceEqual(Bits(values));
    });

    [Fact]
    public void Base64_Written_IsLittleEndianSinglePrecision() => Vectors.Sample(values =>
    {
        var bytes = JsonElement.Parse(Write(values, isBase64: true)).GetProperty("embedding").GetBytesFromBase64();
        var read = bytes.Chunk(sizeof(float)).Select(four => BinaryPrimitives.ReadSingleLittleEndian(four));
        return Bits(read).SequenceEqual(Bits(values));
    });

    private static string Write(float[] values, bool isBase64) => JsonSerializer.Serialize(
        new Embedding(0, new EmbeddingVector(values, isBase64)), EmbeddingsJsonContext.Instance.Embedding);

    private static IEnumerable<int> Bits(IEnumerable<float> values) => values.Select(BitConverter.SingleToInt32Bits);
}
