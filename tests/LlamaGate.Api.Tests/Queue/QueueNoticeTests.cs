using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Tests.Queue;

/// <summary>What the client of a stream sees while its call waits for shared hosts.</summary>
public sealed class QueueNoticeTests
{
    private const string KeepAlive = ": keep-alive";
    private const string Running = ": running host=gpu1 context=8192";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Wait_FromQueueToAnswer_IsToldByComments()
    {
        await using var bed = await QueueBed.StartAsync();
        using var stream = await bed.OpenAfterAsync(Interval);
        Assert.Equal("text/event-stream; charset=utf-8", stream.Header("Content-Type"));
        Assert.Equal(": queued position=3 eta=14s model=qwen3:8b", await stream.NextAsync());
        bed.Call.Move(QueuedCall.Waiting(position: 4, seconds: null));
        await bed.PassAsync(Interval);
        Assert.Equal(": queued position=4 model=qwen3:8b", await stream.NextAsync());
        await bed.PassAsync(Interval);
        Assert.Equal(KeepAlive, await stream.NextAsync());
        bed.Call.Move(QueuedCall.Loading(seconds: 8.2));
        await bed.PassAsync(Interval);
        Assert.Equal(": loading model=qwen3:8b eta=9s", await stream.NextAsync());
        bed.Call.Move(QueuedCall.Loading(seconds: null));
        await bed.PassAsync(Interval);
        Assert.Equal(": loading model=qwen3:8b", await stream.NextAsync());
        bed.Call.Send(QueueBed.Route);
        await bed.Call.Routed;
        bed.Call.Say("a");
        bed.Call.End();
        var rest = await stream.RestAsync();
        Assert.Equal(Running, rest[0]);
        Assert.Contains("\"role\":\"assistant\"", rest[1], StringComparison.Ordinal);
        Assert.Equal("data: [DONE]", rest[^1]);
    }

    [Fact]
    public async Task CallThatWasSent_WhileItSaysNothing_IsToldOnce()
    {
        await using var bed = await QueueBed.StartAsync();
        using var stream = await bed.OpenAfterAsync(Interval);
        await stream.NextAsync();
        bed.Call.Send(QueueBed.Route with { ContextLength = null });
        await bed.Call.Routed;
        await bed.PassAsync(Interval);
        Assert.Equal(": running host=gpu1", await stream.NextAsync());
        await bed.PassAsync(Interval);
        Assert.Equal(KeepAlive, await stream.NextAsync());
        bed.Call.Say("a");
        bed.Call.End();
        Assert.StartsWith("data: {", (await stream.RestAsync())[0], StringComparison.Ordinal);
    }

    /// <summary>The connection is never silent for longer than SSE_KEEPALIVE.</summary>
    [Fact]
    public async Task ShortInterval_OfACallInTheQueue_BringsTheHeadersEarlierAndKeepsTheKeepAlives()
    {
        await using var bed = await QueueBed.StartAsync(WithNotices(Short));
        using var stream = await bed.OpenAfterAsync(Short);
        Assert.Equal(": queued position=3 eta=14s model=qwen3:8b", await stream.NextAsync());
        // Three looks at the queue show nothing new; the fourth would be later than the keep-alive.
        await bed.PassAsync(Short);
        await bed.PassAsync(Short);
        await bed.PassAsync(Short);
        await bed.PassAsync(Interval - 3 * Short);
        Assert.Equal(KeepAlive, await stream.NextAsync());
        bed.Call.Move(QueuedCall.Waiting(position: 2, seconds: 0.1));
        await bed.PassAsync(4 * Short - Interval);
        Assert.Equal(": queued position=2 eta=1s model=qwen3:8b", await stream.NextAsync());
    }

    [Fact]
    public async Task ShortInterval_OfACallThatWasSent_DoesNotBringTheHeadersEarlier()
    {
        await using var bed = await QueueBed.StartAsync(WithNotices(Short));
        bed.Call.Send(QueueBed.Route);
        var opening = bed.Gateway.OpenAsync(ChatBody.HiStreamed);
        await bed.Call.Routed;
        await bed.PassAsync(Short);
        await bed.PassAsync(Short);
        await bed.PassAsync(Short);
        Assert.False(opening.IsCompleted);
        await bed.PassAsync(Interval - 3 * Short);
        using var stream = await opening;
        Assert.Equal("gpu1", stream.Header("X-LlamaGate-Host"));
        Assert.Equal(KeepAlive, await stream.NextAsync());
        bed.Call.End();
        Assert.StartsWith("data: {", await stream.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LongInterval_OfACallInTheQueue_IsBridgedByKeepAlives()
    {
        await using var bed = await QueueBed.StartAsync(WithNotices(Interval + Short));
        using var stream = await bed.OpenAfterAsync(Interval);
        Assert.Equal(KeepAlive, await stream.NextAsync());
        await bed.PassAsync(Short);
        Assert.Equal(": queued position=3 eta=14s model=qwen3:8b", await stream.NextAsync());
        await bed.PassAsync(Interval);
        Assert.Equal(KeepAlive, await stream.NextAsync());
    }

    [Fact]
    public async Task KeepAliveOff_OfACallInTheQueue_LeavesTheNotices()
    {
        await using var bed = await QueueBed.StartAsync(
            settings => settings with { SseKeepAlive = TimeSpan.Zero, OwnQueueNotice = Short });
        using var stream = await bed.OpenAfterAsync(Short);
        Assert.Equal(": queued position=3 eta=14s model=qwen3:8b", await stream.NextAsync());
        await bed.PassAsync(Short);
        bed.Call.Move(QueuedCall.Waiting(position: 1, seconds: 3));
        await bed.PassAsync(Short);
        Assert.Equal(": queued position=1 eta=3s model=qwen3:8b", await stream.NextAsync());
    }

    [Fact]
    public async Task NoticesOff_OfACallInTheQueue_LeavesTheKeepAlives()
    {
        await using var bed = await QueueBed.StartAsync(WithNotices(TimeSpan.Zero));
        using var stream = await bed.OpenAfterAsync(Interval);
        Assert.Equal(KeepAlive, await stream.NextAsync());
        bed.Call.Send(QueueBed.Route);
        bed.Call.End();
        Assert.StartsWith("data: {", (await stream.RestAsync())[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostsThatAreNotShared_OfACallThatIsSilent_HaveKeepAlivesOnly()
    {
        await using var bed = await QueueBed.StartAsync(isShared: false);
        using var stream = await bed.OpenAfterAsync(Interval);
        Assert.Equal(KeepAlive, await stream.NextAsync());
    }

    [Fact]
    public async Task Failure_BeforeTheFirstNotice_KeepsItsStatus()
    {
        await using var bed = await QueueBed.StartAsync();
        var call = bed.Gateway.ChatAsync(ChatBody.HiStreamed);
        await bed.Call.Queued;
        await bed.Clock.SetAsync(Interval);
        bed.Clock.Advance(Interval - TimeSpan.FromMilliseconds(1));
        bed.Call.Fail(new GatewayException(GatewayError.UpstreamBusy, "too long"));
        var answer = await call;
        Assert.Equal((503, "upstream_busy"), (answer.Status, answer.ErrorCode));
        Assert.DoesNotContain("X-LlamaGate-Host", answer.Headers);
        Assert.DoesNotContain("X-LlamaGate-Queue", answer.Headers);
    }

    [Fact]
    public async Task Failure_AfterTheFirstNotice_IsInTheStream()
    {
        await using var bed = await QueueBed.StartAsync();
        using var stream = await bed.OpenAfterAsync(Interval);
        Assert.StartsWith(": queued", await stream.NextAsync(), StringComparison.Ordinal);
        bed.Call.Fail(new GatewayException(GatewayError.UpstreamBusy, "too long"));
        var rest = await stream.RestAsync();
        Assert.Equal(
            """data: {"error":{"message":"Server error: too long","type":"server_error","param":null,"code":"upstream_busy"}}""", rest[0]);
        Assert.EndsWith("\"finish_reason\":\"error\"}]}", rest[1], StringComparison.Ordinal);
        Assert.Equal(2, rest.Count);
    }

    /// <summary>What follows the wait is the same to the byte.</summary>
    [Fact]
    public async Task Answer_OfManyTokens_IsTheSameAfterAWait()
    {
        var waited = await AnswerAsync(waits: true);
        var direct = await AnswerAsync(waits: false);
        Assert.Equal(1002, direct.Count - 1);
        Assert.Equal([Running, .. direct], waited, StringComparer.Ordinal);
    }

    [Fact]
    public async Task SecondChoice_ThatWaitsWhileTheFirstHasEnded_IsToldOf()
    {
        await using var bed = await QueueBed.StartAsync(adjust: null, isShared: true, new QueuedCall(), new QueuedCall { Call = 1 });
        bed.Call.Send(QueueBed.Route);
        bed.Call.Say("a");
        using var stream = await bed.Gateway.OpenAsync(ChatBody.With("\"stream\":true,\"n\":2"));
        await bed.Calls[1].Queued;
        Assert.Equal("gpu1", stream.Header("X-LlamaGate-Host"));
        await stream.UntilAsync("\"content\":\"a\"");
        // Once for the wait before the first token, once for what follows.
        await bed.Clock.SetAsync(Interval);
        await bed.PassAsync(Interval);
        Assert.Equal(": queued position=3 eta=14s model=qwen3:8b", await stream.NextAsync());
        bed.Calls[1].Send(QueueBed.Route);
        await bed.Calls[1].Routed;
        await bed.PassAsync(Interval);
        Assert.Equal(Running, await stream.NextAsync());
    }

    [Fact]
    public async Task Client_ThatLeavesTheQueue_EndsItsCall()
    {
        await using var bed = await QueueBed.StartAsync();
        var stream = await bed.OpenAfterAsync(Interval);
        await stream.NextAsync();
        stream.Dispose();
        await bed.Gateway.RunningAsync(0);
    }

    private static Func<GatewaySettings, GatewaySettings> WithNotices(TimeSpan interval) =>
        settings => settings with { OwnQueueNotice = interval };

    private static async Task<IReadOnlyList<string>> AnswerAsync(bool waits)
    {
        await using var bed = await QueueBed.StartAsync();
        EventStream? stream = null;
        if (waits)
        {
            stream = await bed.OpenAfterAsync(Interval);
            Assert.StartsWith(": queued", await stream.NextAsync(), StringComparison.Ordinal);
        }

        bed.Call.Send(QueueBed.Route);
        bed.Call.Say(Enumerable.Range(0, 1000).Select(i => $"{i} "));
        bed.Call.End();
        using (stream ??= await bed.Gateway.OpenAsync(ChatBody.HiStreamed))
        {
            // The clock of the stream that waited is later.
            var answer = (await stream.RestAsync()).Select(HttpAnswer.WithoutIds);
            return [.. answer.Select(one => one.Replace("1703123471", "1703123456", StringComparison.Ordinal))];
        }
    }
}
