using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Sharing;

namespace LlamaGate.Api.Tests.Admin;

/// <summary>GET /admin/api/events.</summary>
public sealed class EventsTests
{
    private const string Head = "event: status\ndata: ";
    private const int MaxListeners = 32;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Events_Opened_BeginWithTheStatus()
    {
        await using var bed = await AdminBed.StartAsync();
        using var response = await bed.FollowAsync();
        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        using var events = await EventStream.OfAsync(response);
        var status = Read(await events.NextAsync());
        Assert.Equal(("ops", "up"), (status.GetProperty("key").GetString(), status.GetProperty("hosts")[0].GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Events_WhenSomethingChanges_ShowItWithinASecond()
    {
        var clock = new WatchedClock();
        await using var bed = await AdminBed.StartAsync(new SharingSetup { Clock = clock });
        using var events = await EventStream.OfAsync(await bed.FollowAsync());
        await events.NextAsync();
        await bed.ChangeAsync("hosts/a/drain");
        Assert.Equal("draining", Read(await NextAsync(clock, events)).GetProperty("hosts")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Events_WhenNothingChanges_ComeEveryFiveSeconds()
    {
        var clock = new WatchedClock();
        await using var bed = await AdminBed.StartAsync(new SharingSetup { Clock = clock });
        using var events = await EventStream.OfAsync(await bed.FollowAsync());
        var first = Read(await events.NextAsync()).GetProperty("now").GetDateTimeOffset();
        var second = Read(await NextAsync(clock, events)).GetProperty("now").GetDateTimeOffset();
        Assert.InRange((second - first).TotalSeconds, 5, 10);
    }

    [Fact]
    public async Task Events_ForMoreListenersThanMayBe_AreRefusedUntilOneLeaves()
    {
        await using var bed = await AdminBed.StartAsync();
        var listeners = new List<HttpResponseMessage>();
        for (var i = 0; i < MaxListeners; i++)
        {
            listeners.Add(await bed.FollowAsync());
        }

        Assert.All(listeners, listener => Assert.Equal(200, (int)listener.StatusCode));
        var refused = await bed.Sharing.GetAsync("/admin/api/events", AdminBed.Ops);
        Assert.Equal((503, "too_many_listeners"), (refused.Status, refused.ErrorCode));
        listeners[0].Dispose();
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            bed.Sharing.Gateway.Clock.Advance(Second);
            using var next = await bed.FollowAsync();
            if (next.IsSuccessStatusCode)
            {
                break;
            }
        }

        listeners.ForEach(listener => listener.Dispose());
    }

    /// <summary>A page that stays open must not delay a restart.</summary>
    [Fact]
    public async Task Events_WhenTheGatewayStops_EndAtOnce()
    {
        await using var bed = await AdminBed.StartAsync();
        using var events = await EventStream.OfAsync(await bed.FollowAsync());
        await events.NextAsync();
        var stopping = bed.Sharing.Gateway.StopAsync();
        Assert.Empty(await events.RestAsync());
        await stopping.WaitAsync(GatewayOverOllama.LongestWait);
    }

    [Theory]
    [InlineData("\"admin\":true,\"disabled\":true")]
    [InlineData("\"admin\":false")]
    [InlineData("\"admin\":true", "ops", "lg-ops-another-secret")]
    [InlineData("\"admin\":true", "others", "lg-ops-another-secret")]
    public async Task Events_WhenTheKeyIsNoLongerInForce_End(string members, string id = "ops", string? secret = null)
    {
        var clock = new WatchedClock();
        await using var bed = await AdminBed.StartAsync(new SharingSetup { Clock = clock });
        using var events = await EventStream.OfAsync(await bed.FollowAsync());
        await events.NextAsync();
        bed.WriteKey(members, id, secret ?? AdminBed.OpsSecret);
        await AssertEndAsync(clock, events);
    }

    /// <summary>The time passes without a change of the file.</summary>
    [Fact]
    public async Task Events_WhenTheKeyExpires_End()
    {
        var clock = new WatchedClock();
        var end = clock.GetUtcNow() + TimeSpan.FromMinutes(1);
        await using var bed = await AdminBed.StartAsync(new SharingSetup { Clock = clock }, $"\"admin\":true,\"expires\":\"{end:yyyy-MM-ddTHH:mm:ssZ}\"");
        using var events = await EventStream.OfAsync(await bed.FollowAsync());
        await events.NextAsync();
        clock.Advance(end - clock.GetUtcNow());
        await AssertEndAsync(clock, events);
    }

    /// <summary>No status is newer than two seconds, then the body ends.</summary>
    private static async Task AssertEndAsync(WatchedClock clock, EventStream events)
    {
        var refused = clock.GetUtcNow();
        while (await NextAsync(clock, events) is { } late)
        {
            Assert.InRange(Read(late).GetProperty("now").GetDateTimeOffset(), DateTimeOffset.MinValue, refused.AddSeconds(2));
        }
    }

    /// <summary>Lets seconds pass, each when something waits for it, until the next event has come.</summary>
    private static async Task<string?> NextAsync(WatchedClock clock, EventStream events)
    {
        var next = events.NextAsync();
        while (await Task.WhenAny(next, clock.SetAsync(Second)) != next)
        {
            clock.Advance(Second);
        }

        return await next;
    }

    private static JsonElement Read(string? text)
    {
        Assert.StartsWith(Head, text, StringComparison.Ordinal);
        return JsonElement.Parse(text![Head.Length..]);
    }
}
