using System.Text.Json;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Embeddings;
using LlamaGate.Application.Embeddings.Contracts;
using LlamaGate.Application.Models;
using LlamaGate.Domain.Embeddings;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Embeddings;

public class EmbeddingKeyTests
{
    private const string Request = "\"model\":\"m\",\"input\":\"a\"";

    [Theory]
    [InlineData("\"user\":\"u\",\"frobnicate\":1")]
    [InlineData("\"encoding_format\":\"base64\",\"dimensions\":null")]
    public void Key_WithFieldsThatChangeNoVector_IsTheSame(string fields) => Assert.Equal(Key(Request), Key($"{Request},{fields}"));

    [Theory]
    [InlineData("\"dimensions\":8")]
    [InlineData("\"options\":{\"num_ctx\":1}")]
    [InlineData("\"keep_alive\":0")]
    public void Key_WithAFieldThatMatters_IsAnother(string fields) =>
        Assert.NotEqual(Key(Request), Key($"{Request},{fields}"), StringComparer.Ordinal);

    [Fact]
    public void Key_OfEqualValuesInOtherSpellings_IsTheSame() => Assert.Equal(
        Key($"{Request},\"options\":{{\"a\":1.0,\"b\":2}}"),
        Key("\"options\":{\"b\":2.0,\"a\":1},\"input\":[\"a\"],\"model\":\"alias\""));

    [Fact]
    public void Key_OfOtherTextsOrAnotherOrder_IsAnother()
    {
        string[] keys =
        [
            Key(Request),
            Key("\"model\":\"n\",\"input\":\"a\""),
            Key("\"model\":\"m\",\"input\":[\"a\",\"b\"]"),
            Key("\"model\":\"m\",\"input\":[\"b\",\"a\"]"),
        ];
        Assert.Equal(keys.Length, keys.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Size_OfAnAnswer_GrowsWithItsNumbers()
    {
        static long Size(int length) => EmbeddingSize.Of(new EmbeddingResult(
            [new float[length]], 1, new GenerationTimings(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero)));
        Assert.Equal(4000, Size(1001) - Size(1));
    }

    private static string Key(string members)
    {
        var body = JsonSerializer.Deserialize("{" + members + "}", EmbeddingsJsonContext.Instance.CreateEmbeddingRequest)!;
        return EmbeddingKey.Of(EmbeddingMapping.ToDomain(body, new DomainMapper(null!, new ModelAliases([new("alias", "m")]), ModelOptions.None, HostSharing.Off)));
    }
}
