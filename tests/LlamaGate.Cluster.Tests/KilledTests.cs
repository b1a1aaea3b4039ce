using System.Diagnostics;

namespace LlamaGate.Cluster.Tests;

/// <summary>What becomes of requests when a gateway is killed.</summary>
public sealed class KilledTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Holder_KilledUnderLoad_LosesNoRequestOfTheOthers()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var bed = await ClusterBed.StartAsync(gateways: 3, ClusterBed.FastHost);
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
        Assert.InRange(bed.Host.Runners.MaxInside("plain"), 1, ClusterBed.FastHost.Parallel);
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

        await using var bed = await ClusterBed.StartAsync(gateways: 3, ClusterBed.FastHost with { TokenTime = TimeSpan.FromMilliseconds(100) });
        var holder = await bed.FindHolderAsync();
        var victim = bed.Gateways.First(gateway => gateway != holder);
        var other = bed.Gateways.Last(gateway => gateway != victim);
        var streams = await Task.WhenAll(Enumerable.Range(0, ClusterBed.FastHost.Parallel).Select(_ => ClusterBed.OpenAsync(victim, "ann", tokens: 3000)));
        var waiting = ClusterBed.ChatAsync(other, "bob", tokens: 1);
        await ClusterBed.UntilAsync(async () => (await ClusterBed.QueueAsync(other, "bob")).Count == 1);
        await victim.Run.SignalAsync("KILL");
        var killed = Stopwatch.StartNew();

        Assert.Equal(200, (await waiting.WaitAsync(LongestWait)).Status);
        Assert.True(killed.Elapsed < TimeSpan.FromSeconds(10), $"It took {killed.Elapsed}.");
        Assert.InRange(bed.Host.Runners.MaxInside("plain"), 1, ClusterBed.FastHost.Parallel);
        Array.ForEach(streams, stream => stream.Dispose());
    }
}
