using System.Diagnostics;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Cluster;

/// <summary>What becomes of requests when a gateway or Redis fails. They measure time, so nothing else runs meanwhile.</summary>
[Collection(nameof(RunsAlone))]
public sealed class FailureTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>Four slots, in each of which a request of <see cref="OpenLoad"/> takes about 30 ms.</summary>
    private static readonly SchedulingOptions Host = new()
    {
        Parallel = 4,
        LoadTime = TimeSpan.FromMilliseconds(50),
        TokenTime = TimeSpan.FromMilliseconds(3),
        PromptTokensPerSecond = 100_000,
    };

    [Fact]
    public async Task Holder_KilledUnderLoad_LosesNoRequestOfTheOthers()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var bed = await ClusterBed.StartAsync(gateways: 3, Host);
        var holder = await bed.FindHolderAsync();
        var others = bed.Gateways.Where(gateway => gateway != holder).ToArray();
        using var load = OpenLoad.Start(others);
        using var doomed = OpenLoad.Start([holder]);
        await load.WhenAnsweredAsync(100);
        await holder.Run.SignalAsync("KILL");
        var killed = Stopwatch.GetTimestamp();
        await OpenLoad.UntilAsync(killed, TimeSpan.FromSeconds(10));
        await load.EndAsync();
        await doomed.EndAsync();

        Assert.Empty(load.Failures);
        Assert.InRange(bed.Host.Runners.MaxInside("plain"), 1, Host.Parallel);
        var pause = load.LongestPauseAfter(killed);
        Assert.True(pause < TimeSpan.FromSeconds(5), $"No request was served for {pause}.");
    }

    [Fact]
    public async Task Gateway_Killed_ItsSlotsAreFreeWithinTenSeconds()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var bed = await ClusterBed.StartAsync(gateways: 3, Host with { TokenTime = TimeSpan.FromMilliseconds(100) });
        var holder = await bed.FindHolderAsync();
        var victim = bed.Gateways.First(gateway => gateway != holder);
        var other = bed.Gateways.Last(gateway => gateway != victim);
        var streams = await Task.WhenAll(Enumerable.Range(0, Host.Parallel).Select(_ => ClusterBed.OpenAsync(victim, "ann", tokens: 3000)));
        var waiting = ClusterBed.ChatAsync(other, "bob", tokens: 1);
        await ClusterBed.UntilAsync(async () => (await ClusterBed.QueueAsync(other, "bob")).Count == 1);
        await victim.Run.SignalAsync("KILL");
        var killed = Stopwatch.StartNew();

        Assert.Equal(200, (await waiting.WaitAsync(LongestWait)).Status);
        Assert.True(killed.Elapsed < TimeSpan.FromSeconds(10), $"It took {killed.Elapsed}.");
        Assert.InRange(bed.Host.Runners.MaxInside("plain"), 1, Host.Parallel);
        Array.ForEach(streams, stream => stream.Dispose());
    }

    [Fact]
    public async Task Gateway_StoppedForAWhile_DisturbsNobodyElse()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var host = Host with { Parallel = 6 };
        await using var bed = await ClusterBed.StartAsync(gateways: 3, host);
        var holder = await bed.FindHolderAsync();
        var victim = bed.Gateways.First(gateway => gateway != holder);
        var others = bed.Gateways.Where(gateway => gateway != victim).ToArray();
        using var load = OpenLoad.Start(others);
        await load.WhenAnsweredAsync(50);
        // Each of them takes longer than the other gateway stands still.
        using var held = await ClusterBed.OpenAsync(others[0], "ann", tokens: 11_000);
        using var distant = await ClusterBed.OpenAsync(others[1], "bob", tokens: 11_000);
        await victim.Run.SignalAsync("STOP");
        var stopped = Stopwatch.GetTimestamp();
        await OpenLoad.UntilAsync(stopped, TimeSpan.FromSeconds(30));
        await victim.Run.SignalAsync("CONT");
        await OpenLoad.UntilAsync(stopped, TimeSpan.FromSeconds(33));
        await load.EndAsync();

        Assert.Empty(load.Failures);
        Assert.EndsWith("data: [DONE]\n\n", await held.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", await distant.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.InRange(bed.Host.Runners.MaxInside("plain"), 1, host.Parallel);
        Assert.True(load.LongestPauseAfter(stopped) < TimeSpan.FromSeconds(5));
        // It works again, or ends so that it is started again.
        if (!victim.Run.HasEnded)
        {
            await victim.Run.SignalAsync("TERM");
        }

        await victim.Run.EndAsync();
    }

    [Fact]
    public async Task Holder_Stopped_IsReplacedAndGrantsNothingWhenItGoesOn()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var bed = await ClusterBed.StartAsync(gateways: 3, Host);
        var holder = await bed.FindHolderAsync();
        using var load = OpenLoad.Start(bed.Gateways.Where(gateway => gateway != holder));
        await load.WhenAnsweredAsync(50);
        await holder.Run.SignalAsync("STOP");
        var stopped = Stopwatch.GetTimestamp();
        await OpenLoad.UntilAsync(stopped, TimeSpan.FromSeconds(10));
        await holder.Run.SignalAsync("CONT");
        await OpenLoad.UntilAsync(stopped, TimeSpan.FromSeconds(13));
        await load.EndAsync();

        Assert.Empty(load.Failures);
        Assert.InRange(bed.Host.Runners.MaxInside("plain"), 1, Host.Parallel);
        var pause = load.LongestPauseAfter(stopped);
        Assert.True(pause < TimeSpan.FromSeconds(9), $"No request was served for {pause}.");
    }

    [Fact]
    public async Task Redis_AwayForHalfAMinute_NothingIsRefused()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var bed = await ClusterBed.StartAsync(gateways: 3, Host);
        using var load = OpenLoad.Start(bed.Gateways);
        await load.WhenAnsweredAsync(50);
        bed.Redis!.Stop(); // Several gateways have one.
        var stopped = Stopwatch.GetTimestamp();
        await OpenLoad.UntilAsync(stopped, TimeSpan.FromSeconds(30));
        await bed.Redis.RunAsync();
        await OpenLoad.UntilAsync(stopped, TimeSpan.FromSeconds(40));
        await load.EndAsync();

        Assert.Empty(load.Failures);
        Assert.InRange(bed.Host.Runners.MaxInside("plain"), 1, Host.Parallel);
        Assert.All(bed.Gateways, gateway => Assert.False(gateway.Run.HasEnded));
    }

    [Fact]
    public async Task Gateways_RestartedOneAfterTheOther_LoseNoRequest()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var bed = await ClusterBed.StartAsync(gateways: 3, Host);
        using var balancer = await CaddyServer.StartAsync(bed.Gateways);
        using var load = OpenLoad.Start(balancer.Client);
        await load.WhenAnsweredAsync(100);
        foreach (var leaving in bed.Gateways.ToArray())
        {
            await leaving.Run.SignalAsync("TERM");
            var (exit, output, _) = await leaving.Run.EndAsync();
            Assert.True(exit == 0, output);
            await bed.ReplaceAsync(leaving);
        }

        await load.EndAsync();
        Assert.Empty(load.Failures);
        Assert.InRange(bed.Host.Runners.MaxInside("plain"), 1, Host.Parallel);
    }
}
