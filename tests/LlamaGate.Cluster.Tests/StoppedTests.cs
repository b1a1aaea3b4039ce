using System.Diagnostics;

namespace LlamaGate.Cluster.Tests;

/// <summary>What becomes of requests when a gateway stands still and goes on.</summary>
public sealed class StoppedTests
{
    [Fact]
    public async Task Gateway_StoppedForAWhile_DisturbsNobodyElse()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var host = ClusterBed.FastHost with { Parallel = 6 };
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

        await using var bed = await ClusterBed.StartAsync(gateways: 3, ClusterBed.FastHost);
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
        Assert.InRange(bed.Host.Runners.MaxInside("plain"), 1, ClusterBed.FastHost.Parallel);
        var pause = load.LongestPauseAfter(stopped);
        Assert.True(pause < TimeSpan.FromSeconds(9), $"No request was served for {pause}.");
    }
}
