using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Streaming;

/// <summary>A stream that breaks says so in a frame of its own and never looks finished.</summary>
public class InBandErrorTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string Broken =
        """{"error":{"message":"Connection lost: The connection to Ollama broke before the answer was complete.","type":"server_error","param":null,"code":"upstream_unreachable"}}""";

    private const string Garbage =
        """{"error":{"message":"Server error: Ollama's answer does not follow its protocol.","type":"server_error","param":null,"code":"upstream_error"}}""";

    private const string Incomplete =
        """{"error":{"message":"Ollama stopped before the answer was complete (its guard against repetition ends answers that repeat themselves).","type":"server_error","param":null,"code":"upstream_incomplete"}}""";

    private const string Timeout =
        """{"error":{"message":"Ollama sent nothing within TIMEOUT.","type":"server_error","param":null,"code":"upstream_timeout"}}""";

    [Theory]
    [InlineData(Ending.Reset, Broken)]
    [InlineData(Ending.Garbage, Garbage)]
    [InlineData(
        Ending.ErrorLine,
        """{"error":{"message":"Server error: an error was encountered while running the model: unexpected EOF","type":"server_error","param":null,"code":"upstream_error"}}""")]
    [InlineData(Ending.Silent, Incomplete)]
    public async Task Stream_ThatBreaks_EndsInAnErrorFrameWithoutDone(Ending ending, string error)
    {
        var gate = new Gate();
        shared.Bed.Ollama.Enqueue(Scenario.Says("a", "b", "c", "d").PauseAt(2, gate) with { Ending = ending, EndingAt = 2 });
        using var stream = await shared.Bed.OpenAsync(ChatBody.HiStreamed);
        await stream.UntilAsync("\"content\":\"b\"");
        // Released only now: a reset takes with it what the peer has not read.
        gate.Release();
        AssertFailed(error, await stream.RestAsync());
    }

    [Theory]
    [InlineData("""{"message":{"content":"x"},"done":false}{"done":true}""")]
    [InlineData("""{"message":{"content":"x"},"done":false} x""")]
    [InlineData("""{"message":"x","done":false}""")]
    [InlineData("""{"message":{"content":"x"},"done":"yes"}""")]
    [InlineData("[]")]
    [InlineData("data: {}")]
    [InlineData("{\"message\":{\"content\":\"\\ud800\"},\"done\":false}")]
    public async Task Line_ThatIsNotTheProtocol_EndsTheStreamWithAnError(string line)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Lines("""{"message":{"content":"a"},"done":false}""", line, """{"done":true}"""));
        var answer = await shared.Bed.ChatAsync(ChatBody.HiStreamed);
        AssertFailed(Garbage, answer.Body);
        Assert.Contains("\"content\":\"a\"", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"mess", Garbage)]
    [InlineData("{\"message\":{\"content\":\"b\"},\"done\":false}", Incomplete)]
    public async Task Body_ThatEndsWithoutALineBreak_EndsTheStreamWithAnError(string rest, string error)
    {
        shared.Bed.Ollama.Enqueue(new Scenario
        {
            Answer = new RawAnswer(200, "application/x-ndjson")
            {
                Body = System.Text.Encoding.UTF8.GetBytes("{\"message\":{\"content\":\"a\"},\"done\":false}\n" + rest),
            },
        });
        var answer = await shared.Bed.ChatAsync(ChatBody.HiStreamed);
        AssertFailed(error, answer.Body);
    }

    [Fact]
    public async Task RunnerError_InAString_IsUnwrapped()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Lines(
            """{"message":{"content":"a"},"done":false}""",
            """{"error":"{\"error\":{\"code\":500,\"message\":\"boom\",\"type\":\"server_error\"}}"}"""));
        var answer = await shared.Bed.ChatAsync(ChatBody.HiStreamed);
        AssertFailed(
            "{\"error\":{\"message\":\"Server error: boom\",\"type\":\"server_error\",\"param\":null,\"code\":\"upstream_error\"}}",
            answer.Body);
    }

    [Fact]
    public async Task Stall_LongerThanTheTimeout_EndsInAnErrorFrameAndIsCancelledUpstream()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { SseKeepAlive = TimeSpan.Zero });
        bed.Ollama.Enqueue(Scenario.Says("a", "b", "c") with { Ending = Ending.Hang, EndingAt = 2 });
        using var stream = await bed.OpenAsync(ChatBody.HiStreamed);
        await stream.UntilAsync("\"content\":\"b\"");
        bed.Gateway.Clock.Advance(new GatewaySettings().Timeout);
        AssertFailed(Timeout, await stream.RestAsync());
        var upstream = await bed.NextChatUpstreamAsync();
        await upstream.Aborted.WaitAsync(GatewayOverOllama.LongestWait);
    }

    [Fact]
    public async Task Silence_BeforeTheFirstByte_IsATimeoutWithItsStatus()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { SseKeepAlive = TimeSpan.Zero });
        foreach (var body in (string[])[ChatBody.Hi, ChatBody.HiStreamed])
        {
            var gate = new Gate();
            bed.Ollama.Enqueue(Scenario.Says("a").PauseAt(0, gate));
            var call = bed.ChatAsync(body);
            await gate.Reached;
            await PassTimeUntilAsync(bed, call);
            Golden.AssertEqual("error_timeout", (await call).ToGolden());
            await (await bed.NextChatUpstreamAsync()).Aborted.WaitAsync(GatewayOverOllama.LongestWait);
        }
    }

    [Fact]
    public async Task StallOfAPlainAnswer_AfterAToken_IsATimeout()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Lines("""{"message":{"content":"a"},"done":false}""", """{"message":{"content":""},"done":true}""").PauseAt(1, gate));
        var call = bed.ChatAsync(ChatBody.Hi);
        await gate.Reached;
        await PassTimeUntilAsync(bed, call);
        Assert.Equal("upstream_timeout", (await call).ErrorCode);
    }

    /// <summary>What of the answer has been read when the time moves is not for the tests to know.</summary>
    private static async Task PassTimeUntilAsync(GatewayOverOllama bed, Task call)
    {
        while (!call.IsCompleted)
        {
            bed.Gateway.Clock.Advance(new GatewaySettings().Timeout);
            await Task.Yield();
        }
    }

    private static void AssertFailed(string error, string body) =>
        AssertFailed(error, body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^2..]);

    /// <summary>The error, and a chunk that ends the choice for clients which pass over it.</summary>
    private static void AssertFailed(string error, IReadOnlyList<string> events)
    {
        Assert.Equal(2, events.Count);
        Assert.Equal("data: " + error, events[0]);
        Assert.EndsWith(
            "\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"error\"}]}",
            events[1],
            StringComparison.Ordinal);
    }
}
