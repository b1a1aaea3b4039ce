using System.Globalization;
using System.Text;
using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Embeddings;

/// <summary>More than one call's bytes: batches, broken upstreams, the cache, aliases, callers who leave.</summary>
public class EmbeddingExchangeTests
{
    [Fact]
    public async Task ManyInputs_AreAskedInBatchesAndJoinedInOrder()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Respond(request => Plain(Echo(request)));
        var answer = await bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.Of(Numbers(300)));
        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal([128, 128, 44], bed.Ollama.Requests.Select(r => r.Json().GetProperty("input").GetArrayLength()));
        var data = answer.Json.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, 300), data.Select(e => e.GetProperty("index").GetInt32()));
        Assert.Equal(Enumerable.Range(0, 300), data.Select(e => (int)e.GetProperty("embedding")[0].GetSingle()));
        Assert.Equal("""{"prompt_tokens":300,"total_tokens":300}""", answer.Json.GetProperty("usage").GetRawText());
    }

    [Fact]
    public async Task FailingBatch_EndsAll()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Respond(request => Plain(Echo(request)));
        bed.Ollama.Enqueue(Scenario.Recorded("embed_long_truncate_false"), EmbeddingBody.NativePath);
        var answer = await bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.Of(Numbers(300)));
        Assert.Equal((400, "context_length_exceeded"), (answer.Status, answer.ErrorCode));
        Assert.Equal("input", answer.Error.GetProperty("param").GetString());
        Assert.Single(bed.Ollama.Requests);
    }

    [Theory]
    [InlineData("{\"embeddings\":[[1]]}")]
    [InlineData("{\"embeddings\":[[1],[2],[3]]}")]
    [InlineData("{\"embeddings\":[]}")]
    [InlineData("{\"embeddings\":null}")]
    [InlineData("{}")]
    [InlineData("{\"embeddings\":[[1],null]}")]
    [InlineData("{\"embeddings\":[[],[]]}")]
    [InlineData("{\"embeddings\":[[1],[1,2]]}")]
    [InlineData("{\"embeddings\":[[1],[1e39]]}")]
    [InlineData("{\"embeddings\":[[1],[\"1\"]]}")]
    [InlineData("{\"embeddings\":[[1],[null]]}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{\"embeddings\":[[1],[2]]")]
    public async Task Answer_ThatIsNotTwoVectors_IsABadGateway(string body)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Plain(body));
        var answer = await bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.Of("[\"a\",\"b\"]"));
        Assert.Equal((502, "upstream_error"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Usage_ThatOllamaDoesNotTell_IsZero()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Plain("""{"embeddings":[[1]]}"""));
        var answer = await bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.Hi);
        Assert.Equal(
            """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[1]}],"model":"embed","usage":{"prompt_tokens":0,"total_tokens":0}}""",
            answer.Body);
    }

    [Fact]
    public async Task Dimensions_ThatTheModelDoesNotHave_AreRefusedAndNotPassedOver()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Recorded("embed_dimensions_too_big"));
        var answer = await bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.With("\"dimensions\":999"));
        Assert.Equal(400, answer.Status);
        Assert.Equal(
            """{"message":"This model cannot return 999 dimensions; it returned 32.","type":"invalid_request_error","param":"dimensions","code":null}""",
            answer.Error.GetRawText());
    }

    [Fact]
    public async Task EqualQuestions_AreAnsweredFromTheCache()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { CacheEnabled = true });
        var first = await bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.Hi);
        var second = await bed.PostAsync(EmbeddingBody.Path, """{"input":["hi"],"user":"x","encoding_format":"float","model":"embed"}""");
        Assert.Equal(("miss", "hit"), (first.Headers["X-LlamaGate-Cache"], second.Headers["X-LlamaGate-Cache"]));
        Assert.Equal(first.Body, second.Body);
        var packed = await bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.With("\"encoding_format\":\"base64\""));
        Assert.Equal("hit", packed.Headers["X-LlamaGate-Cache"]);
        foreach (var other in (string[])[
            EmbeddingBody.Of("\"ho\""), EmbeddingBody.Of("[\"hi\",\"hi\"]"),
            EmbeddingBody.With("\"dimensions\":8"), EmbeddingBody.With("\"options\":{\"num_ctx\":512}")])
        {
            Assert.Equal("miss", (await bed.PostAsync(EmbeddingBody.Path, other)).Headers["X-LlamaGate-Cache"]);
        }
    }

    [Fact]
    public async Task Alias_IsAskedAsItsModelAndAnsweredAsAsked()
    {
        await using var bed = await GatewayOverOllama.StartAsync(
            s => s with { ModelAliases = new([new("text-embedding-3-small", "embed")]) });
        var answer = await bed.PostAsync(EmbeddingBody.Path, """{"model":"text-embedding-3-small","input":"hi"}""");
        Assert.Equal("text-embedding-3-small", answer.Json.GetProperty("model").GetString());
        Assert.Equal(EmbeddingBody.Native(), bed.Ollama.Requests[0].Body);
    }

    [Fact]
    public async Task CallerWhoLeaves_EndsTheUpstreamCall()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Default.PauseAt(0, gate));
        using var leaving = new CancellationTokenSource();
        using var body = new StringContent(EmbeddingBody.Hi, Encoding.UTF8, "application/json");
        var asking = bed.Client.PostAsync(EmbeddingBody.Path, body, leaving.Token);
        var upstream = await bed.Ollama.NextRequestAsync(GatewayOverOllama.LongestWait, EmbeddingBody.NativePath);
        await leaving.CancelAsync();
        await upstream.Aborted.WaitAsync(GatewayOverOllama.LongestWait);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Theory]
    [InlineData(true, "miss")]
    [InlineData(false, "bypass")]
    public async Task Failure_Upstream_IsLoggedWithCacheAndTime(bool caches, string cache)
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { CacheEnabled = caches });
        bed.Ollama.Enqueue(Scenario.Recorded("embed_long_truncate_false"), EmbeddingBody.NativePath);
        Assert.Equal(400, (await bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.Hi)).Status);
        var line = Assert.Single(
            await bed.Gateway.StopAndReadLogAsync(), line => line.Contains("\"path\":\"/v1/embeddings\"", StringComparison.Ordinal));
        var entry = JsonElement.Parse(line);
        Assert.Equal(cache, entry.GetProperty("cache").GetString());
        Assert.True(entry.GetProperty("upstream_ms").GetInt64() >= 0);
        Assert.Equal("context_length_exceeded", entry.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Failure_BeforeUpstream_IsLoggedWithoutCacheAndTime()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        Assert.Equal(400, (await bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.Of("[]"))).Status);
        var line = Assert.Single(
            await bed.Gateway.StopAndReadLogAsync(), line => line.Contains("\"path\":\"/v1/embeddings\"", StringComparison.Ordinal));
        Assert.DoesNotContain("\"cache\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain("upstream_ms", line, StringComparison.Ordinal);
    }

    private static string Numbers(int count) =>
        $"[{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{i}\""))}]";

    /// <summary>Each input, a number, is its own vector and a token.</summary>
    private static string Echo(RecordedRequest request)
    {
        var inputs = request.Json().GetProperty("input").EnumerateArray().Select(i => i.GetString()).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"embeddings":[{{string.Join(',', inputs.Select(i => $"[{i}]"))}}],"prompt_eval_count":{{inputs.Count}}}""");
    }

    private static Scenario Plain(string body) =>
        new() { Answer = new RawAnswer(200, "application/json") { Body = Encoding.UTF8.GetBytes(body) } };
}
