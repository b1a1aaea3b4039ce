using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Caching;

/// <summary>What is kept, what is given again, and what the caller is told of it.</summary>
public class CacheTests
{
    private const string Header = "X-LlamaGate-Cache";

    [Fact]
    public async Task SameQuestion_AskedAgain_IsAHitWithTheSameAnswer()
    {
        await using var bed = await StartAsync();
        bed.Ollama.Enqueue(Scenario.Recorded("chat_tools"));
        var first = await bed.ChatAsync(ChatBody.With("\"temperature\":1.0,\"options\":{\"top_k\":5,\"min_p\":0.50}"));
        var second = await bed.ChatAsync("""{ "options":{"min_p":5e-1,"top_k":5.0}, "temperature":1e0, "stream":false, "messages":[{"content":"hi","role":"user"}], "user":"u", "model":"plain" }""");
        Assert.Equal("miss", first.Headers[Header]);
        Assert.Equal("hit", second.Headers[Header]);
        Assert.Equal(first.BodyWithoutId, second.BodyWithoutId);
        Assert.NotEqual(first.Body, second.Body, StringComparer.Ordinal);
        Assert.Single(bed.Ollama.Requests);
    }

    [Theory]
    [InlineData("\"seed\":2")]
    [InlineData("\"temperature\":0")]
    [InlineData("\"options\":{\"top_k\":1}")]
    [InlineData("\"tools\":[" + ChatBody.Tool + "]")]
    [InlineData("\"response_format\":{\"type\":\"json_object\"}")]
    public async Task OtherQuestion_Asked_IsAMiss(string fields)
    {
        await using var bed = await StartAsync();
        Assert.Equal("miss", await AskAsync(bed, ChatBody.Hi));
        Assert.Equal("miss", await AskAsync(bed, ChatBody.With(fields)));
        Assert.Equal(2, bed.Ollama.Requests.Count);
    }

    [Theory]
    [InlineData("no-cache", "bypass", "hit", 2)]
    [InlineData("no-store", "miss", "miss", 2)]
    [InlineData("no-cache, no-store", "bypass", "miss", 2)]
    [InlineData("max-age=0", "miss", "hit", 1)]
    public async Task CacheControl_OfTheCaller_IsObeyed(string directive, string first, string second, int calls)
    {
        await using var bed = await StartAsync();
        Assert.Equal(first, await AskAsync(bed, ChatBody.Hi, ("Cache-Control", directive)));
        Assert.Equal(second, await AskAsync(bed, ChatBody.Hi));
        Assert.Equal(second == "hit" ? 1 : calls, bed.Ollama.Requests.Count);
    }

    [Fact]
    public async Task NoCache_OnAKeptQuestion_AsksAnewAndKeepsTheNewAnswer()
    {
        await using var bed = await StartAsync();
        bed.Ollama.Enqueue(Scenario.Says("old"));
        bed.Ollama.Enqueue(Scenario.Says("new"));
        Assert.Contains("old", (await bed.ChatAsync(ChatBody.Hi)).Body, StringComparison.Ordinal);
        Assert.Contains("new", (await bed.ChatAsync(ChatBody.Hi, ("Cache-Control", "no-cache"))).Body, StringComparison.Ordinal);
        Assert.Contains("new", (await bed.ChatAsync(ChatBody.Hi)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NoCache_WhileAnEqualQuestionRuns_IsTheAnswerThatIsKept(bool earlierEndsLast)
    {
        await using var bed = await StartAsync();
        var (earlier, later) = (new Gate(), new Gate());
        bed.Ollama.Enqueue(Scenario.Says("old").PauseAt(0, earlier));
        bed.Ollama.Enqueue(Scenario.Says("new").PauseAt(0, later));
        var first = bed.ChatAsync(ChatBody.Hi);
        await earlier.Reached;
        var second = bed.ChatAsync(ChatBody.Hi, ("Cache-Control", "no-cache"));
        await later.Reached;
        foreach (var (gate, call) in earlierEndsLast ? [(later, second), (earlier, first)] : new[] { (earlier, first), (later, second) })
        {
            gate.Release();
            Assert.Equal(200, (await call).Status);
        }

        var third = await bed.ChatAsync(ChatBody.Hi);
        Assert.Equal("hit", third.Headers[Header]);
        Assert.Contains("new", third.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat_missing_model", 404)]
    [InlineData("chat_queue_full_503", 503)]
    [InlineData("chat_token_repeat_abort", 502)]
    [InlineData("chat_nonstream_runner_killed", 502)]
    public async Task Failure_OfAnyKind_IsNotKept(string recording, int status)
    {
        await using var bed = await StartAsync();
        bed.Ollama.Enqueue(Scenario.Recorded(recording));
        Assert.Equal(status, (await bed.ChatAsync(ChatBody.Hi)).Status);
        Assert.Equal("miss", await AskAsync(bed, ChatBody.Hi));
    }

    [Fact]
    public async Task Stream_RunToItsEnd_IsKeptForPlainAndStreamedAlike()
    {
        await using var bed = await StartAsync();
        bed.Ollama.Enqueue(Scenario.Recorded("chat_stream"));
        Assert.Equal("miss", (await bed.ChatAsync(ChatBody.HiStreamed)).Headers[Header]);
        Assert.Equal("hit", await AskAsync(bed, ChatBody.Hi));
        var replay = await bed.ChatAsync(ChatBody.HiStreamed);
        Assert.Equal("hit", replay.Headers[Header]);
        Assert.EndsWith("data: [DONE]\n\n", replay.Body, StringComparison.Ordinal);
        Assert.Single(bed.Ollama.Requests);
    }

    [Fact]
    public async Task Stream_ThatWasLeft_IsNotKept()
    {
        await using var bed = await StartAsync();
        bed.Ollama.Enqueue(Scenario.Counts(3) with { Ending = Ending.Hang });
        using (var stream = await bed.OpenAsync(ChatBody.HiStreamed))
        {
            await stream.NextAsync();
        }

        await (await bed.NextChatUpstreamAsync()).Aborted.WaitAsync(GatewayOverOllama.LongestWait);
        Assert.Equal("miss", await AskAsync(bed, ChatBody.Hi));
    }

    [Fact]
    public async Task CacheDisabled_AnyQuestion_IsABypass()
    {
        await using var bed = await StartAsync(enabled: false);
        Assert.Equal("bypass", await AskAsync(bed, ChatBody.Hi));
        Assert.Equal("bypass", await AskAsync(bed, ChatBody.Hi));
        Assert.Equal(2, bed.Ollama.Requests.Count);
    }

    [Fact]
    public async Task Answer_LargerThanTheWholeCache_IsGivenAndNotKept()
    {
        await using var bed = await StartAsync();
        bed.Ollama.Enqueue(Scenario.Parse("line-2mb"));
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi)).Status);
        Assert.Equal("miss", await AskAsync(bed, ChatBody.Hi));
    }

    private static Task<GatewayOverOllama> StartAsync(bool enabled = true) =>
        GatewayOverOllama.StartAsync(s => s with { CacheEnabled = enabled, CacheMaxMb = 1 });

    private static async Task<HttpAnswer> AnswerAsync(GatewayOverOllama bed, params (string Name, string Value)[] headers)
    {
        bed.Ollama.Respond(_ => Scenario.Recorded("chat_nonstream"));
        return await bed.ChatAsync(ChatBody.Hi, headers);
    }

    private static async Task<string> AskAsync(GatewayOverOllama bed, string body, params (string Name, string Value)[] headers)
    {
        bed.Ollama.Respond(_ => Scenario.Recorded("chat_nonstream"));
        var answer = await bed.ChatAsync(body, headers);
        Assert.Equal(200, answer.Status);
        return answer.Headers[Header];
    }
}
