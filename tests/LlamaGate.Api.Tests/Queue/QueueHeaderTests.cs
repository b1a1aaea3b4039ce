using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.Tests.Queue;

/// <summary>What headers and log say of a call that went through the queue.</summary>
public sealed class QueueHeaderTests
{
    private static readonly UpstreamRoute AtOnce = new("gpu2", TimeSpan.Zero);

    [Fact]
    public async Task Answer_AfterAWait_HasItInItsHeadersAndTheLog()
    {
        await using var bed = await QueueBed.StartAsync();
        var answer = await AnswerAsync(bed, QueueBed.Route);
        Assert.Equal("gpu1", answer.Headers["X-LlamaGate-Host"]);
        Assert.Equal("position=3, waited=2.1s", answer.Headers["X-LlamaGate-Queue"]);
        Assert.Equal("context=8192", answer.Headers["X-LlamaGate-Context"]);
        Assert.Equal(
            "upstream;dur=2200, queue;dur=1600, load;dur=505, prompt;dur=20, eval;dur=40, gateway;dur=0, dialect;desc=\"chat\", "
            + "host;desc=\"gpu1\"",
            answer.Headers["Server-Timing"]);
        Assert.Contains(
            ",\"host\":\"gpu1\",\"waited_ms\":2100,\"queue_position\":3,\"stream\":false,", await LogAsync(bed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_WithoutAWait_IsAtPositionZero()
    {
        await using var bed = await QueueBed.StartAsync();
        var answer = await AnswerAsync(bed, AtOnce);
        Assert.Equal("position=0, waited=0s", answer.Headers["X-LlamaGate-Queue"]);
        Assert.DoesNotContain("X-LlamaGate-Context", answer.Headers);
        Assert.Contains("queue;dur=0, load;dur=5, ", answer.Headers["Server-Timing"], StringComparison.Ordinal);
        Assert.DoesNotContain("queue_position", await LogAsync(bed), StringComparison.Ordinal);
    }

    /// <summary>The wait of a whole load is no wait for a slot.</summary>
    [Fact]
    public async Task Answer_AfterALoad_HasNoNegativeWait()
    {
        await using var bed = await QueueBed.StartAsync();
        var route = AtOnce with { Waited = TimeSpan.FromMilliseconds(70), Loading = TimeSpan.FromMilliseconds(71) };
        var answer = await AnswerAsync(bed, route);
        Assert.Contains("queue;dur=0, load;dur=76, ", answer.Headers["Server-Timing"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_ThatBeginsAfterItsWait_HasItInItsHeadersAndNoComment()
    {
        await using var bed = await QueueBed.StartAsync();
        var opening = bed.Gateway.OpenAsync(ChatBody.HiStreamed);
        await bed.Call.Queued;
        bed.Call.Send(QueueBed.Route);
        bed.Call.Say("a");
        bed.Call.End();
        using var stream = await opening;
        Assert.Equal("gpu1", stream.Header("X-LlamaGate-Host"));
        Assert.Equal("position=3, waited=2.1s", stream.Header("X-LlamaGate-Queue"));
        Assert.Equal("context=8192", stream.Header("X-LlamaGate-Context"));
        Assert.All(await stream.RestAsync(), one => Assert.StartsWith("data: ", one, StringComparison.Ordinal));
    }

    /// <summary>A question about the model went to another host, while nobody knows yet where the call will go.</summary>
    [Fact]
    public async Task Stream_ThatBeginsInTheQueue_NamesNoHostOfAnEarlierQuestion()
    {
        await using var bed = await QueueBed.StartAsync(adjust: null, isShared: true, new QueuedCall { Asked = AtOnce });
        using var stream = await bed.OpenAfterAsync(new GatewaySettings().SseKeepAlive);
        Assert.Throws<InvalidOperationException>(() => stream.Header("X-LlamaGate-Host"));
        Assert.Throws<InvalidOperationException>(() => stream.Header("X-LlamaGate-Queue"));
        Assert.Throws<InvalidOperationException>(() => stream.Header("X-LlamaGate-Context"));
        await stream.NextAsync();
        bed.Call.Send(AtOnce);
        bed.Call.End();
        Assert.Equal(": running host=gpu2", await stream.NextAsync());
    }

    [Fact]
    public async Task Stream_OfACallerThatAsksForTimings_HasTheWaitAtItsEnd()
    {
        await using var bed = await QueueBed.StartAsync();
        bed.Call.Send(QueueBed.Route);
        bed.Call.End();
        var answer = await bed.Gateway.ChatAsync(ChatBody.HiStreamed, ("X-LlamaGate-Server-Timing", "1"));
        Assert.Contains("\n: Server-Timing: upstream;dur=0, queue;dur=1600, load;dur=505, ", answer.Body, StringComparison.Ordinal);
    }

    private static async Task<HttpAnswer> AnswerAsync(QueueBed bed, UpstreamRoute route)
    {
        var answering = bed.Gateway.ChatAsync(ChatBody.Hi);
        await bed.Call.Queued;
        bed.Clock.Advance(TimeSpan.FromMilliseconds(2200));
        bed.Call.Send(route);
        bed.Call.Say("a");
        bed.Call.End();
        return await answering;
    }

    private static async Task<string> LogAsync(QueueBed bed) => Assert.Single(
        await bed.Gateway.Gateway.StopAndReadLogAsync(), line => line.Contains("\"latency\":", StringComparison.Ordinal));
}
