using System.Text.Json;
using LlamaGate.Application.Embeddings;
using LlamaGate.Application.Embeddings.Contracts;

namespace LlamaGate.Application.Tests.Embeddings;

public class EmbeddingCacheKeyTests
{
    private const string Question = "\"model\":\"m\",\"input\":\"a\"";

    [Theory]
    [InlineData("\"user\":\"u\",\"frobnicate\":1")]
    [InlineData("\"encoding_format\":\"float\",\"dimensions\":null")]
    public void Key_WithFieldsThatChangeNothing_IsTheSame(string fields) => Assert.Equal(Key(Question), Key($"{Question},{fields}"));

    [Theory]
    [InlineData("\"encoding_format\":\"base64\"")]
    [InlineData("\"dimensions\":8")]
    [InlineData("\"options\":{\"num_ctx\":1}")]
    [InlineData("\"keep_alive\":0")]
    public void Key_WithAFieldThatMatters_IsAnother(string fields) =>
        Assert.NotEqual(Key(Question), Key($"{Question},{fields}"), StringComparer.Ordinal);

    [Fact]
    public void Key_OfOtherTextsOrAnotherOrder_IsAnother()
    {
        string[] keys =
            [Key(Question), Key("\"model\":\"n\",\"input\":\"a\""), Key("\"model\":\"m\",\"input\":[\"a\",\"b\"]"), Key("\"model\":\"m\",\"input\":[\"b\",\"a\"]")];
        Assert.Equal(keys.Length, keys.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Size_OfAnAnswer_GrowsWithItsNumbers()
    {
        static long Size(int length) => EmbeddingCacheKey.SizeOf(new CreateEmbeddingResponse
        {
            Data = [new Embedding(0, new EmbeddingVector(new float[length], IsBase64: false))],
            Model = "m",
            Usage = new EmbeddingUsage(1, 1),
        });
        Assert.Equal(4000, Size(1001) - Size(1));
    }

    private static string Key(string members) => EmbeddingCacheKey.Of(
        JsonSerializer.Deserialize("{" + members + "}", EmbeddingsJsonContext.Instance.CreateEmbeddingRequest)!);
}
