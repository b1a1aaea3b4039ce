using System.Diagnostics;

namespace LlamaGate.Cluster.Tests;

/// <summary>What becomes of requests when Redis or the gateways are restarted.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Redis_AwayForHalfAMinute_NothingIsRefused()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var bed = await ClusterBed.StartAsync(gateways: 3, ClusterBed.FastHost);
        using var load = OpenLoad.Start(bed.Gateways);
        await load.WhenAnsweredAsync(50);
        bed.Redis!.Stop(); // Several gateways have one.
        var stopped = Stopwatch.GetTimestamp();
        await OpenLoad.UntilAsync(stopped, TimeSpan.FromSeconds(30));
        await bed.Redis.RunAsync();
        await OpenLoad.UntilAsync(stopped, TimeSpan.FromSeconds(40));
        await load.EndAsync();

        Assert.Empty(load.Failures);
        Assert.InRange(bed.Host.Runners.MaxInside("plain"), 1, ClusterBed.FastHost.Parallel);
        Assert.All(bed.Gateways, gateway => Assert.False(gateway.Run.HasEnded));
    }

    [Fact]
    public async Task Gateways_RestartedOneAfterTheOther_LoseNoRequest()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var bed = await ClusterBed.StartAsync(gateways: 3, ClusterBed.FastHost);
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
        Assert.InRange(bed.Host.Runners.MaxInside("plain"), 1, ClusterBed.FastHost.Parallel);
    }
}
