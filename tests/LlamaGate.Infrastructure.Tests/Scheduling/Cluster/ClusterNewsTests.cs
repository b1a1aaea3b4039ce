namespace LlamaGate.Infrastructure.Tests.Scheduling.Cluster;

/// <summary>What the scheduler of a cluster tells all gateways, beside decisions about their calls.</summary>
public sealed class ClusterNewsTests : IDisposable
{
    private readonly DeskBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task News_OtherHosts_AreShownToAdministratorsUntilTheyAreEqual()
    {
        _bed.Hosts = ["gpu1=gpu1 (slots 4)"];
        var one = await _bed.AddAsync("one");
        Assert.Null(await DifferenceAsync(one));
        await _bed.PassAsync(40);
        Assert.Equal("Only here: gpu1=gpu1; only there: gpu1=gpu1 (slots 4)", await DifferenceAsync(one));
        _bed.Hosts = ["gpu1=gpu1"];
        await _bed.PassAsync(10);
        Assert.Null(await DifferenceAsync(one));

        static async Task<string?> DifferenceAsync(TestReplica replica) =>
            (await replica.Hosts.DescribeAsync(maxQueued: 0, CancellationToken.None))?.Difference;
    }

    [Fact]
    public async Task News_DrainedHost_ReachesEachGateway()
    {
        var (one, two) = (await _bed.AddAsync("one"), await _bed.AddAsync("two"));
        // Both poll.
        await _bed.PassAsync(0.25);
        _bed.DrainedHosts.Add("gpu1");
        _bed.Desk.Spread();
        await DeskBed.UntilAsync(() => one.IsDrained && two.IsDrained);

        await _bed.PassAsync(0.25);
        _bed.DrainedHosts.Clear();
        _bed.Desk.Spread();
        await DeskBed.UntilAsync(() => !one.IsDrained && !two.IsDrained);
    }
}
