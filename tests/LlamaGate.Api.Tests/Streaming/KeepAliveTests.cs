using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Responses;
using LlamaGate.OllamaEmulator;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Streaming;

/// <summary>While a model loads, comments or events keep the line alive; what fails later is told in the stream.</summary>
public class KeepAliveTests
{
    private const string Comment = ": keep-alive";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly WatchedClock _clock = new();

    [Fact]
    public async Task SlowFirstToken_PastTheInterval_IsBridgedByComments()
    {
        await using var bed = await StartAsync();
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Says("a").PauseAt(0, gate));
        using var stream = await OpenWaitingAsync(bed);
        Assert.Equal("text/event-stream; charset=utf-8", stream.Header("Content-Type"));
        Assert.Equal(Comment, await stream.NextAsync());
        for (var i = 0; i < 3; i++)
        {
            await _clock.SetAsync(Interval);
            _clock.Advance(Interval);
            Assert.Equal(Comment, await stream.NextAsync());
        }

        gate.Release();
        var rest = await stream.RestAsync();
        Assert.Contains("\"role\":\"assistant\"", rest[0], StringComparison.Ordinal);
        Assert.Equal("data: [DONE]", rest[^1]);
    }

    [Fact]
    public async Task Silence_MidStream_IsBridgedByComments()
    {
        await using var bed = await StartAsync();
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Says("a", "b").PauseAt(1, gate));
        using var stream = await bed.OpenAsync(ChatBody.HiStreamed);
        await stream.UntilAsync("\"content\":\"a\"");
        // Once for the wait before the first token, once for the comments.
        await _clock.SetAsync(Interval);
        await _clock.SetAsync(Interval);
        _clock.Advance(Interval);
        Assert.Equal(Comment, await stream.NextAsync());
        gate.Release();
        Assert.Contains("\"content\":\"b\"", await stream.NextAsync(), StringComparison.Ordinal);
        Assert.Equal("data: [DONE]", (await stream.RestAsync())[^1]);
    }

    [Theory]
    [InlineData("chat_missing_model_stream", "model_not_found")]
    [InlineData("chat_model_load_failure", "upstream_error")]
    [InlineData("chat_queue_full_503", "upstream_busy")]
    public async Task EarlyError_AfterTheHeaders_IsInTheStream(string recording, string code)
    {
        await using var bed = await StartAsync();
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Recorded(recording).PauseAt(0, gate));
        using var stream = await OpenWaitingAsync(bed);
        Assert.Equal(Comment, await stream.NextAsync());
        gate.Release();
        var rest = await stream.RestAsync();
        Assert.Equal(2, rest.Count);
        Assert.StartsWith("data: {\"error\":{\"message\":", rest[0], StringComparison.Ordinal);
        Assert.EndsWith($"\"code\":\"{code}\"}}}}", rest[0], StringComparison.Ordinal);
        Assert.EndsWith("\"finish_reason\":\"error\"}]}", rest[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timeout_AfterTheHeaders_IsInTheStream()
    {
        await using var bed = await StartAsync();
        bed.Ollama.Enqueue(Scenario.Says("a").PauseAt(0, new Gate()));
        using var stream = await OpenWaitingAsync(bed);
        _clock.Advance(new GatewaySettings().Timeout - Interval);
        Assert.Contains("\"code\":\"upstream_timeout\"", (await stream.RestAsync())[^2], StringComparison.Ordinal);
    }

    /// <summary>Clients of responses cut a stream in which no event comes; comments do not count.</summary>
    [Fact]
    public async Task Response_PastTheInterval_IsBridgedByEvents()
    {
        await using var bed = await StartAsync();
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Says("a").PauseAt(0, gate));
        var opening = bed.OpenResponseAsync("""{"model":"plain","input":"hi","stream":true}""");
        await _clock.SetAsync(Interval);
        _clock.Advance(Interval);
        using var stream = await opening;
        Assert.StartsWith("event: response.created\n", await stream.NextAsync(), StringComparison.Ordinal);
        Assert.StartsWith("event: response.in_progress\n", await stream.NextAsync(), StringComparison.Ordinal);
        await _clock.SetAsync(Interval);
        _clock.Advance(Interval);
        var beat = await stream.NextAsync();
        Assert.StartsWith("event: response.in_progress\n", beat, StringComparison.Ordinal);
        Assert.Contains("\"sequence_number\":2,", beat, StringComparison.Ordinal);
        gate.Release();
        var rest = await stream.RestAsync();
        Assert.StartsWith("event: response.output_item.added\n", rest[0], StringComparison.Ordinal);
        Assert.StartsWith("event: response.completed\n", rest[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientLeaving_WhileItIsKeptAlive_IsSeenUpstream()
    {
        await using var bed = await StartAsync();
        bed.Ollama.Enqueue(Scenario.Says("a").PauseAt(0, new Gate()));
        var stream = await OpenWaitingAsync(bed);
        await stream.NextAsync();
        stream.Dispose();
        await (await bed.NextChatUpstreamAsync()).Aborted.WaitAsync(GatewayOverOllama.LongestWait);
    }

    private Task<GatewayOverOllama> StartAsync() => GatewayOverOllama.StartAsync(
        s => s with { SseKeepAlive = Interval },
        builder => builder.Services.AddSingleton<TimeProvider>(_clock));

    /// <summary>Lets the interval pass without a token; the headers come then.</summary>
    private async Task<EventStream> OpenWaitingAsync(GatewayOverOllama bed)
    {
        var opening = bed.OpenAsync(ChatBody.HiStreamed);
        await _clock.SetAsync(Interval);
        Assert.False(opening.IsCompleted);
        _clock.Advance(Interval);
        return await opening;
    }
}
