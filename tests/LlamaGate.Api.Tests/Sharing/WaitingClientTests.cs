using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Sharing;

/// <summary>What waiting clients are told.</summary>
public sealed class WaitingClientTests
{
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(7);

    [Fact]
    public async Task Streams_BehindABusySlot_GetTheirPlaceAndThenTheAnswer()
    {
        var clock = new WatchedClock();
        await using var bed = await StartAsync(clock);
        var held = await bed.HoldAsync();
        // That of the held stream.
        await clock.SetAsync(Notice);
        var first = bed.OpenAsync(SharingBed.Chat(stream: true));
        await bed.WaitingAsync(1);
        await clock.SetAsync(Notice);
        var second = bed.OpenAsync(SharingBed.Chat(stream: true));
        await bed.WaitingAsync(2);
        await clock.SetAsync(Notice);
        clock.Advance(Notice);
        using var one = await first;
        using var two = await second;
        Assert.Matches("^: queued position=1 eta=[0-9]+s model=plain$", await one.NextAsync());
        Assert.Matches("^: queued position=2 eta=[0-9]+s model=plain$", await two.NextAsync());

        await held.ReleaseAsync();
        Assert.Equal("data: [DONE]", (await one.RestAsync())[^1]);
        Assert.Equal("data: [DONE]", (await two.RestAsync())[^1]);
    }

    [Fact]
    public async Task Stream_DuringALoad_IsToldOfIt()
    {
        await using var bed = await SharingBed.StartAsync(SharingSetup.InRealTime with
        {
            Hosts = [SharingSetup.Quick with { LoadTime = TimeSpan.FromMilliseconds(400) }],
            Adjust = settings => settings with { OwnQueueNotice = TimeSpan.FromMilliseconds(50) },
        });
        using var stream = await bed.OpenAsync(SharingBed.Chat(stream: true));
        Assert.Matches("^: loading model=plain eta=[0-9]+s$", await stream.NextAsync());
        Assert.Equal("data: [DONE]", (await stream.RestAsync())[^1]);
    }

    [Fact]
    public async Task Answer_AfterAWait_HasItsPlaceAndTimes()
    {
        await using var bed = await SharingBed.StartAsync();
        var held = await bed.HoldAsync();
        var waiting = bed.ChatAsync();
        await bed.WaitingAsync(1);
        bed.Gateway.Clock.Advance(TimeSpan.FromMilliseconds(2100));
        await held.ReleaseAsync();
        var answer = await waiting;
        Assert.Equal("position=1, waited=2.1s", answer.Headers["X-LlamaGate-Queue"]);
        Assert.Matches("(^|, )queue;dur=2100(\\.0+)?(,|$)", answer.Headers["Server-Timing"]);
        Assert.Equal(("a", "context=8192"), (answer.Headers["X-LlamaGate-Host"], answer.Headers["X-LlamaGate-Context"]));
    }

    [Fact]
    public async Task Streams_SixtyFourAtOnce_AreAllToldTheirPlaceBeforeTheyBegin()
    {
        await using var bed = await SharingBed.StartAsync(SharingSetup.InRealTime with
        {
            Adjust = settings => settings with { OwnQueueNotice = TimeSpan.FromMilliseconds(100) },
        });
        var held = await bed.HoldAsync();
        var streams = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => bed.OpenAsync(SharingBed.Chat(stream: true))));
        var places = new List<string>();
        foreach (var stream in streams)
        {
            places.Add(await stream.NextAsync() ?? "");
        }

        Assert.All(places, place => Assert.Matches("^: queued position=[0-9]+ eta=[0-9]+s model=plain$", place));
        await held.ReleaseAsync();
        foreach (var stream in streams)
        {
            Assert.Equal("data: [DONE]", (await stream.RestAsync())[^1]);
            stream.Dispose();
        }

        Assert.Equal(1, bed.Host.Runners.MaxInside("plain"));
    }

    private static Task<SharingBed> StartAsync(WatchedClock clock) => SharingBed.StartAsync(new SharingSetup
    {
        Clock = clock,
        Adjust = settings => settings with { OwnQueueNotice = Notice },
    });
}
