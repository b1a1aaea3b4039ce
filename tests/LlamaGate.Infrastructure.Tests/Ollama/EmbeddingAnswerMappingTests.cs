using System.Text.Json;
using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Tests.Ollama;

public class EmbeddingAnswerMappingTests
{
    [Fact]
    public void Append_OfAGoodAnswer_KeepsOrderAndBits()
    {
        var vectors = new List<ReadOnlyMemory<float>> { new float[] { 1, 2 } };
        EmbeddingAnswerMapping.Append(Read("[[0.1,1e-45],[-0.0,3.4028235e38]]"), inputs: 2, vectors);
        Assert.Equal([0.1f, float.Epsilon], vectors[1].ToArray());
        Assert.Equal([-0f, float.MaxValue], vectors[2].ToArray());
        Assert.True(float.IsNegative(vectors[2].Span[0]));
    }

    [Theory]
    [InlineData("[[0.1,1]]")]
    [InlineData("[[0.1,1],[1,1],[1,1]]")]
    [InlineData("[[1],[1]]")]
    [InlineData("[[1,1],[]]")]
    [InlineData("[[1,1],null]")]
    [InlineData("[[1,1],[1,1e40]]")]
    [InlineData("null")]
    public void Append_OfAnythingElse_BlamesTheUpstream(string embeddings)
    {
        var vectors = new List<ReadOnlyMemory<float>> { new float[] { 1, 2 } };
        var exception = Assert.Throws<GatewayException>(() => EmbeddingAnswerMapping.Append(Read(embeddings), inputs: 2, vectors));
        Assert.Equal(GatewayError.UpstreamError, exception.Error);
    }

    private static OllamaEmbedResponse Read(string embeddings) => JsonSerializer.Deserialize(
        $$"""{"embeddings":{{embeddings}}}""", OllamaJsonContext.Instance.OllamaEmbedResponse)!;
}
