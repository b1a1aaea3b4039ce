using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Caching;

/// <summary>CACHE_MODE: which answers are kept and shared.</summary>
public class CacheModeTests
{
    [Theory]
    [InlineData("\"temperature\":0")]
    [InlineData("\"seed\":0")]
    [InlineData("\"temperature\":0.7,\"seed\":42")]
    [InlineData("\"temperature\":0,\"options\":{\"temperature\":0.7}")]
    [InlineData("\"options\":{\"temperature\":0}")]
    [InlineData("\"options\":{\"seed\":7}")]
    public async Task Deterministic_QuestionThatIsAnsweredTheSameAgain_IsKept(string fields)
    {
        await using var bed = await StartAsync(CacheMode.Deterministic);
        Assert.Equal("miss, hit", await AskTwiceAsync(bed, fields));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"temperature\":0.7")]
    [InlineData("\"temperature\":0.7,\"options\":{\"temperature\":0}")]
    [InlineData("\"seed\":-1")]
    public async Task Deterministic_RandomAnswer_IsNeitherKeptNorLookedUp(string fields)
    {
        await using var bed = await StartAsync(CacheMode.Deterministic);
        Assert.Equal("bypass, bypass", await AskTwiceAsync(bed, fields));
        Assert.Equal(2, bed.Ollama.Requests.Count);
    }

    [Fact]
    public async Task Deterministic_RandomQuestionsTogether_ShareNoCall()
    {
        await using var bed = await StartAsync(CacheMode.Deterministic);
        var gate = new Gate();
        bed.Ollama.Respond(_ => Scenario.Recorded("chat_nonstream").PauseAt(0, gate));
        Task<HttpAnswer>[] calls = [bed.ChatAsync(ChatBody.Hi), bed.ChatAsync(ChatBody.Hi)];
        await bed.NextChatUpstreamAsync();
        await bed.NextChatUpstreamAsync();
        gate.Release();
        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal("bypass", answer.Headers["X-LlamaGate-Cache"]));
    }

    [Fact]
    public async Task Deterministic_Embeddings_AreKept()
    {
        await using var bed = await StartAsync(CacheMode.Deterministic);
        const string body = """{"model":"embed","input":"hi"}""";
        Assert.Equal("miss", (await bed.PostAsync("/v1/embeddings", body)).Headers["X-LlamaGate-Cache"]);
        Assert.Equal("hit", (await bed.PostAsync("/v1/embeddings", body)).Headers["X-LlamaGate-Cache"]);
    }

    [Theory]
    [InlineData(true, "Off")]
    [InlineData(false, "All")]
    [InlineData(false, "Deterministic")]
    public async Task Off_ByEitherVariable_KeepsNothing(bool isEnabled, string mode)
    {
        await using var bed = await StartAsync(Enum.Parse<CacheMode>(mode), isEnabled);
        Assert.Equal("bypass, bypass", await AskTwiceAsync(bed, "\"temperature\":0"));
    }

    private static Task<GatewayOverOllama> StartAsync(CacheMode mode, bool isEnabled = true) =>
        GatewayOverOllama.StartAsync(s => s with { CacheEnabled = isEnabled, CacheMode = mode });

    private static async Task<string> AskTwiceAsync(GatewayOverOllama bed, string fields)
    {
        bed.Ollama.Respond(request => request.Path == "/api/chat" ? Scenario.Recorded("chat_nonstream") : null);
        var body = ChatBody.With(fields);
        var first = (await bed.ChatAsync(body)).Headers["X-LlamaGate-Cache"];
        return $"{first}, {(await bed.ChatAsync(body)).Headers["X-LlamaGate-Cache"]}";
    }
}
