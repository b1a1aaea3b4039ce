using System.Collections.Concurrent;
using System.Text;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Domain.Scheduling;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Hosts;

/// <summary>Hosts die and come back while 50 requests a second arrive.</summary>
public sealed class HostLossTests
{
    /// <summary>As long as this a call may meet nothing but dead hosts.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>After this time a host that is down is probed again.</summary>
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);

    /// <summary>Of each host. Enough for the load on all hosts, and too few for it on one, so that calls wait when the others have died.</summary>
    private const int Slots = 8;

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public async Task Hosts_ThatDieUnderLoad_LoseNoRequestWithoutAByteAndComeBack(int hosts, int dying)
    {
        await using var bed = await StartAsync(hosts);
        var killed = bed.Ollamas.Take(dying).ToArray();
        var cut = new ConcurrentDictionary<EmulatedOllama, RecordedRequest>();
        Array.ForEach(killed, host => HangOneStream(host, cut));
        var load = new SteadyLoad(bed);
        await load.SendUntilAsync(() => cut.Count == dying && cut.Values.All(request => request.IsAnswered));
        await load.SendAsync(TimeSpan.FromSeconds(2));
        Assert.All(bed.Ollamas, host => Assert.Contains(host.Requests, IsCall));

        var diedAt = load.Now;
        await Task.WhenAll([.. killed.Select(host => host.StopAsync()), load.SendAsync(TimeSpan.FromSeconds(3))]);

        var before = killed.Select(host => host.Requests.Count(IsCall)).ToArray();
        foreach (var host in killed)
        {
            await host.RestartAsync();
            await WarmAsync(host);
        }

        bed.Gateway.Clock.Advance(FirstRetry);
        await load.SendUntilAsync(() => killed.Zip(before).All(host => host.First.Requests.Count(IsCall) > host.Second));
        await load.SendAsync(TimeSpan.FromSeconds(1));
        var calls = await load.AllAsync();

        Assert.InRange(calls.Count(call => call.Succeeded), calls.Count / 2, calls.Count);
        foreach (var call in calls)
        {
            AssertTriedOnceAfterAByte(bed, call);
            AssertFailedOnlyIfItMight(call, killed, [.. bed.Ollamas.Except(killed)], diedAt);
        }

        Assert.Contains(calls, call => call.FailedInBand);
        var last = calls[^1].SentAt - TimeSpan.FromSeconds(1);
        Assert.All(calls.Where(call => call.SentAt > last), call => Assert.True(call.Succeeded, call.ToString()));
    }

    [Fact]
    public async Task Host_ThatResetsEveryConnection_CostsNoRequest()
    {
        await using var bed = await StartAsync(2);
        var load = new SteadyLoad(bed);
        bed.Ollamas[0].ResetsConnections = true;
        await load.SendAsync(TimeSpan.FromSeconds(1));

        var calls = await load.AllAsync();

        Assert.All(calls, call => Assert.True(call.Succeeded, call.ToString()));
        await bed.UntilAsync("a", "down");
    }

    /// <summary>With the model loaded everywhere, so that all hosts get calls: until then they go where it is loaded.</summary>
    private static async Task<GatewayOverHosts> StartAsync(int hosts)
    {
        var bed = await GatewayOverHosts.StartAsync(
            [.. Enumerable.Repeat(new EmulatorOptions(), hosts)],
            settings => settings with { NativeApi = NativeApi.On },
            host => host with { Limits = new HostLimits { Slots = Slots } });
        foreach (var host in bed.Ollamas)
        {
            host.Respond(request => IsCall(request) ? Scenario.Counts(8) with { Gap = TimeSpan.FromMilliseconds(25) } : null);
            await WarmAsync(host);
        }

        await bed.ProbeAsync();
        return bed;
    }

    /// <summary>So that a client has a part of its answer when the host dies, however slow the machine is.</summary>
    private static void HangOneStream(EmulatedOllama host, ConcurrentDictionary<EmulatedOllama, RecordedRequest> cut) =>
        host.Respond(request => IsCall(request) && SteadyLoad.DialectOf(request).IsStream && cut.TryAdd(host, request)
            ? Scenario.Counts(8) with { Ending = Ending.Hang, EndingAt = 1 }
            : null);

    private static async Task WarmAsync(EmulatedOllama host)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        using var body = new StringContent("""{"model":"plain","stream":false}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/api/chat", body);
        Assert.True(answer.IsSuccessStatusCode);
    }

    /// <summary>An attempt follows another only if that one had no byte.</summary>
    private static void AssertTriedOnceAfterAByte(GatewayOverHosts bed, LoadedCall call)
    {
        var attempts = call.Attempts(bed.Ollamas);
        Assert.InRange(attempts.Count, 0, 3);
        Assert.All(attempts.SkipLast(1), attempt => Assert.False(attempt.IsAnswered, call.ToString()));
    }

    /// <summary>
    /// An answer that broke after a byte ends with an error, in the stream if that has begun. Without a byte only a call may fail that met
    /// nothing but dead hosts, soon after they died.
    /// </summary>
    private static void AssertFailedOnlyIfItMight(LoadedCall call, EmulatedOllama[] killed, EmulatedOllama[] live, TimeSpan diedAt)
    {
        if (call.Succeeded)
        {
            return;
        }

        Assert.True(call.FailedInBand || call.FailedWhole, call.ToString());
        if (!call.Attempts(killed).Any(attempt => attempt.MayBeAnswered))
        {
            Assert.InRange(call.SentAt, diedAt, diedAt + Grace);
            Assert.Empty(call.Attempts(live));
        }
    }

    private static bool IsCall(RecordedRequest request) =>
        request.Path == "/api/chat" && request.Headers.ContainsKey("X-Request-ID");
}
