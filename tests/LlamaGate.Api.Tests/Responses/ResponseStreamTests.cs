using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Responses;

/// <summary>How streams of responses begin, flow, break and are kept.</summary>
public class ResponseStreamTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string Streamed = """{"model":"plain","input":"hi","stream":true}""";

    [Theory]
    [InlineData(Ending.Reset, "upstream_unreachable")]
    [InlineData(Ending.ErrorLine, "upstream_error")]
    [InlineData(Ending.Silent, "upstream_incomplete")]
    [InlineData(Ending.Garbage, "upstream_error")]
    public async Task Stream_ThatBreaks_EndsWithFailedAndError(Ending ending, string code)
    {
        var gate = new Gate();
        shared.Bed.Ollama.Enqueue(Scenario.Says("a", "b", "c").PauseAt(2, gate) with { Ending = ending, EndingAt = 2 });
        using var stream = await shared.Bed.OpenResponseAsync(Streamed);
        var before = Number(await stream.UntilAsync("\"delta\":\"b\""));
        gate.Release();
        var rest = await stream.RestAsync();
        Assert.Equal(2, rest.Count);
        Assert.StartsWith("event: response.failed\n", rest[0], StringComparison.Ordinal);
        var failed = Data(rest[0]);
        Assert.Equal(before + 1, failed.GetProperty("sequence_number").GetInt32());
        Assert.Equal("failed", failed.GetProperty("response").GetProperty("status").GetString());
        Assert.Equal("server_error", failed.GetProperty("response").GetProperty("error").GetProperty("code").GetString());
        Assert.StartsWith("event: error\n", rest[1], StringComparison.Ordinal);
        var error = Data(rest[1]);
        Assert.Equal(before + 2, error.GetProperty("sequence_number").GetInt32());
        Assert.Equal("error", error.GetProperty("type").GetString());
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal(code, error.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(JsonValueKind.Null, error.GetProperty("param").ValueKind);
    }

    [Fact]
    public async Task Stream_OfAnErrorBeforeTheFirstToken_KeepsItsStatus()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Fails(503));
        var answer = await shared.Bed.RespondAsync(Streamed);
        Assert.Equal(503, answer.Status);
        Assert.Equal("upstream_busy", answer.ErrorCode);
    }

    [Fact]
    public async Task Stream_EachToken_IsGivenAtOnce()
    {
        var gate = new Gate();
        shared.Bed.Ollama.Enqueue(Scenario.Says("a", "b").PauseAt(1, gate));
        using var stream = await shared.Bed.OpenResponseAsync(Streamed);
        await stream.UntilAsync("\"delta\":\"a\"");
        gate.Release();
        var rest = await stream.RestAsync();
        Assert.StartsWith("event: response.completed\n", rest[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(rest, e => e.Contains("[DONE]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Client_ThatLeaves_EndsTheCallUpstream()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Says("a", "b").PauseAt(1, new Gate()));
        using (var stream = await bed.OpenResponseAsync(Streamed))
        {
            await stream.UntilAsync("\"delta\":\"a\"");
        }

        await (await bed.NextChatUpstreamAsync()).Aborted.WaitAsync(GatewayOverOllama.LongestWait);
    }

    [Fact]
    public async Task Cache_SharesPlainAndStreamed()
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { CacheEnabled = true });
        bed.Ollama.Enqueue(Scenario.Recorded("chat_think_true_stream"));
        var first = await bed.RespondAsync(Streamed);
        var replayed = await bed.RespondAsync(Streamed);
        var plain = await bed.RespondAsync("""{"model":"plain","input":"hi"}""");
        Assert.Equal("miss", first.Headers["X-LlamaGate-Cache"]);
        Assert.Equal("hit", replayed.Headers["X-LlamaGate-Cache"]);
        Assert.Equal("hit", plain.Headers["X-LlamaGate-Cache"]);
        var final = Data(first.Body.Split("\n\n").Last(e => e.StartsWith("event: response.completed", StringComparison.Ordinal)));
        var response = final.GetProperty("response").GetRawText();
        Assert.Equal(ResponseCalls.WithoutIds(response), ResponseCalls.WithoutIds(plain.Body));
        Assert.NotEqual(response, plain.Body, StringComparer.Ordinal);
        var events = replayed.Body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, events.Length), events.Select(Number));
        Assert.Equal("Let me think about this first", Text(Data(events[^1]), 0, "summary"));
        Assert.Equal("The answer equals 42.", Text(Data(events[^1]), 1, "content"));
    }

    private static string? Text(JsonElement last, int item, string parts) =>
        last.GetProperty("response").GetProperty("output")[item].GetProperty(parts)[0].GetProperty("text").GetString();

    private static int Number(string sent) => Data(sent).GetProperty("sequence_number").GetInt32();

    private static JsonElement Data(string sent) => JsonElement.Parse(sent[(sent.IndexOf("\ndata: ", StringComparison.Ordinal) + 7)..]);
}
