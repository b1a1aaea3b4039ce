using System.Diagnostics;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Sharing;

/// <summary>Hosts die, drain and leave while many wait for them.</summary>
public sealed class HostDeathTests
{
    private const int Waiters = 100;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Host_ThatDiesWhileManyWait_LeavesThemToTheOther()
    {
        await using var bed = await SharingBed.StartAsync(new SharingSetup().With(hosts: 2));
        var held = await bed.HoldBothAsync();
        var waiting = await WaitAsync(bed, Waiters);

        await bed.Hosts[1].StopAsync();
        Assert.Contains("error", (await held[1].Answer).Body, StringComparison.Ordinal);
        await DownAsync(bed, "b");
        var seen = Stopwatch.StartNew();
        await held[0].ReleaseAsync();
        var answers = await Task.WhenAll(waiting);
        Assert.InRange(seen.Elapsed, TimeSpan.Zero, Limit);
        Assert.All(answers, answer => Assert.Equal((200, "a"), (answer.Status, answer.Headers["X-LlamaGate-Host"])));
        Assert.Equal(1, bed.Host.Runners.MaxInside("plain"));
    }

    [Fact]
    public async Task OnlyHost_ThatDiesWhileManyWait_RefusesThemAtOnce()
    {
        await using var bed = await SharingBed.StartAsync();
        var held = await bed.HoldAsync();
        var waiting = await WaitAsync(bed, Waiters);
        await bed.Host.StopAsync();
        Assert.Contains("error", (await held.Answer).Body, StringComparison.Ordinal);
        var answers = await Task.WhenAll(waiting);
        // Some may have been sent to the host, one after the other, before it was known to be down.
        var begun = answers.Count(answer => answer.ErrorCode == "upstream_unreachable");
        Assert.InRange(begun, 0, 5);
        var refused = answers.Where(answer => answer.ErrorCode == "no_host").ToArray();
        Assert.Equal(Waiters - begun, refused.Length);
        Assert.All(refused, answer => Assert.True(answer.Status == 503 && answer.Headers.ContainsKey("Retry-After")));
    }

    [Fact]
    public async Task Host_ThatDiesDuringTheLoad_LeavesItToTheOther()
    {
        await using var bed = await SharingBed.StartAsync(
            new SharingSetup { Hosts = [SharingSetup.Quick with { LoadTime = TimeSpan.FromSeconds(20) }, SharingSetup.Quick] });
        var waiting = await WaitAsync(bed, 3);
        await bed.Host.Runners.WhenAsync(runners => runners.Loads.Count == 1, GatewayOverOllama.LongestWait);
        await bed.Host.StopAsync();
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal((200, "b"), (answer.Status, answer.Headers["X-LlamaGate-Host"])));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Host_ThatIsDrainedOrRemovedWhileManyWait_FinishesItsCallAndGetsNoOther(bool drains)
    {
        await using var bed = await SharingBed.StartAsync(new SharingSetup().With(hosts: 2));
        var held = await bed.HoldBothAsync();
        var waiting = await WaitAsync(bed, 10);
        const string Limits = "\"max_loaded\":1";
        bed.Rewrite([(0, Limits), .. drains ? new[] { (1, $"{Limits},\"drain\":true") } : []]);
        await held[1].ReleaseAsync();
        await bed.WaitingAsync(10);
        await held[0].ReleaseAsync();
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal((200, "a"), (answer.Status, answer.Headers["X-LlamaGate-Host"])));
        Assert.Single(bed.Calls(host: 1));
    }

    [Fact]
    public async Task OnlyHost_ThatIsDrainedWhileManyWait_RefusesThemAndFinishesItsCall()
    {
        await using var bed = await SharingBed.StartAsync();
        var held = await bed.HoldAsync();
        var waiting = await WaitAsync(bed, 10);
        bed.Rewrite((0, "\"max_loaded\":1,\"drain\":true"));
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal((503, "no_host"), (answer.Status, answer.ErrorCode)));
        await held.ReleaseAsync();
    }

    private static async Task<Task<HttpAnswer>[]> WaitAsync(SharingBed bed, int count)
    {
        Task<HttpAnswer>[] waiting = [.. Enumerable.Range(0, count).Select(_ => bed.ChatAsync())];
        await bed.WaitingAsync(count);
        return waiting;
    }

    private static async Task DownAsync(SharingBed bed, string name)
    {
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        while (!(await bed.GetAsync("/health?verbose")).Json.GetProperty("hosts").EnumerateArray().Any(host =>
            host.GetProperty("name").GetString() == name && host.GetProperty("state").GetString() == "down"))
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
