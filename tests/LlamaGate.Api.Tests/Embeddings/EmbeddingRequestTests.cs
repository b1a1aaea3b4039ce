using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Embeddings;

/// <summary>Each field: the bytes that Ollama is sent for it, or what the caller is told of a bad one.</summary>
public class EmbeddingRequestTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Theory]
    [InlineData("\"hi\"", "[\"hi\"]")]
    [InlineData("[\"hi\"]", "[\"hi\"]")]
    [InlineData("\" \"", "[\" \"]")]
    [InlineData("[\"b\",\"a\",\"b\"]", "[\"b\",\"a\",\"b\"]")]
    [InlineData("\"é \\ud83d\\ude00 \\\"<&\"", "[\"é \\uD83D\\uDE00 \\\"<&\"]")]
    public async Task Input_OfAnyForm_IsSentInOrder(string input, string native)
    {
        var answer = await shared.Bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.Of(input));
        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal(EmbeddingBody.Native(native), await NextUpstreamAsync());
    }

    [Theory]
    [InlineData("\"encoding_format\":\"float\"", "")]
    [InlineData("\"encoding_format\":null,\"dimensions\":null,\"user\":null", "")]
    [InlineData("\"dimensions\":1", "\"dimensions\":1")]
    [InlineData("\"keep_alive\":0", "\"keep_alive\":0")]
    [InlineData("\"keep_alive\":\"10m\"", "\"keep_alive\":\"10m\"")]
    [InlineData("\"options\":{\"num_ctx\":512}", "\"options\":{\"num_ctx\":512}")]
    [InlineData("\"options\":{\"a\":1},\"dimensions\":2,\"keep_alive\":1", "\"dimensions\":2,\"options\":{\"a\":1},\"keep_alive\":1")]
    public async Task Field_Sent_IsPassedOn(string fields, string native)
    {
        var answer = await shared.Bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.With(fields));
        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal(EmbeddingBody.Native(fields: native), await NextUpstreamAsync());
        Assert.False(answer.Headers.ContainsKey("X-LlamaGate-Ignored"));
    }

    [Fact]
    public async Task UnknownFields_Sent_AreNamedAndUserIsNot()
    {
        var answer = await shared.Bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.With("\"user\":\"u\",\"input_type\":\"query\",\"x\":1"));
        Assert.Equal("input_type, x", answer.Headers["X-LlamaGate-Ignored"]);
        Assert.Equal(EmbeddingBody.Native(), await NextUpstreamAsync());
    }

    [Fact]
    public async Task TruncateSetting_IsLeftToOllama_WhenOverflowMayTruncate()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { ContextOverflow = ContextOverflow.Truncate });
        await bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.Hi);
        var request = await bed.Ollama.NextRequestAsync(GatewayOverOllama.LongestWait, EmbeddingBody.NativePath);
        Assert.Equal("""{"model":"embed","input":["hi"]}""", request.Body);
    }

    [Theory]
    [InlineData("{}", "model")]
    [InlineData("{\"model\":\"\",\"input\":\"a\"}", "model")]
    [InlineData("{\"model\":\"embed\"}", "input")]
    [InlineData("{\"model\":\"embed\",\"input\":null}", "input")]
    [InlineData("{\"model\":\"embed\",\"input\":\"\"}", "input")]
    [InlineData("{\"model\":\"embed\",\"input\":[]}", "input")]
    [InlineData("{\"model\":\"embed\",\"input\":[\"a\",\"b\",\"c\",\"\"]}", "input[3]")]
    [InlineData("{\"model\":\"embed\",\"input\":[1,2,3]}", "input")]
    [InlineData("{\"model\":\"embed\",\"input\":[[1,2],[3]]}", "input")]
    [InlineData("{\"model\":\"embed\",\"input\":[\"a\",null]}", "input")]
    [InlineData("{\"model\":\"embed\",\"input\":7}", "input")]
    [InlineData("{\"model\":\"embed\",\"input\":{\"text\":\"a\"}}", "input")]
    [InlineData("{\"model\":\"embed\",\"input\":\"a\",\"encoding_format\":\"int8\"}", "encoding_format")]
    [InlineData("{\"model\":\"embed\",\"input\":\"a\",\"encoding_format\":1}", "encoding_format")]
    [InlineData("{\"model\":\"embed\",\"input\":\"a\",\"dimensions\":0}", "dimensions")]
    [InlineData("{\"model\":\"embed\",\"input\":\"a\",\"dimensions\":-1}", "dimensions")]
    [InlineData("{\"model\":\"embed\",\"input\":\"a\",\"dimensions\":1.5}", "dimensions")]
    [InlineData("{\"model\":\"embed\",\"input\":\"a\",\"dimensions\":\"8\"}", "dimensions")]
    [InlineData("{\"model\":\"embed\",\"input\":\"a\",\"keep_alive\":true}", "keep_alive")]
    [InlineData("{\"model\":\"embed\",\"input\":\"a\",\"options\":[]}", "options")]
    [InlineData("{\"model\":\"embed\",\"input\":\"a\"", null)]
    [InlineData("[]", null)]
    public async Task BadBody_OfAnyKind_Is400ThatNamesTheField(string body, string? param)
    {
        var answer = await shared.Bed.PostAsync(EmbeddingBody.Path, body);
        Assert.Equal(400, answer.Status);
        Assert.Equal("invalid_request_error", answer.Error.GetProperty("type").GetString());
        Assert.Equal(param, answer.Error.GetProperty("param").GetString());
    }

    [Theory]
    [InlineData(2048, 200)]
    [InlineData(2049, 400)]
    public async Task Inputs_UpToTheLimit_AreTaken(int count, int status)
    {
        var answer = await shared.Bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.Of($"[{string.Join(',', Enumerable.Repeat("\"a\"", count))}]"));
        Assert.Equal(status, answer.Status);
        shared.Bed.Ollama.Reset();
    }

    private async Task<string> NextUpstreamAsync() =>
        (await shared.Bed.Ollama.NextRequestAsync(GatewayOverOllama.LongestWait, EmbeddingBody.NativePath)).Body;
}
