using LlamaGate.OllamaEmulator;

namespace LlamaGate.Cluster.Tests;

/// <summary>Queue and administration are the same at each gateway.</summary>
public sealed class OneViewTests
{
    private const string StatusPath = "/admin/api/status";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private static readonly SchedulingOptions Host = new()
    {
        LoadTime = TimeSpan.FromMilliseconds(50),
        TokenTime = TimeSpan.FromMilliseconds(50),
        PromptTokensPerSecond = 100_000,
    };

    [Fact]
    public async Task QueueAndAdministration_AtAnyGateway_AreThoseOfAll()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var bed = await ClusterBed.StartAsync(gateways: 3, Host);
        using var stream = await ClusterBed.OpenAsync(bed.Gateways[0], "ann", tokens: 100_000);
        var waiting = ClusterBed.ChatAsync(bed.Gateways[1], "bob", tokens: 1);
        foreach (var gateway in bed.Gateways)
        {
            await ClusterBed.UntilAsync(async () => (await ClusterBed.QueueAsync(gateway, "bob")).Count == 1);
            var call = (await ClusterBed.QueueAsync(gateway, "bob"))[0];
            Assert.Equal(("waiting", 1), (call.GetProperty("state").GetString(), call.GetProperty("position").GetInt32()));
            var status = (await ClusterBed.AdminAsync(gateway, HttpMethod.Get, StatusPath)).Json;
            Assert.Equal(
                (1, 1), (status.GetProperty("queue").GetProperty("waiting").GetInt32(), status.GetProperty("hosts")[0].GetProperty("slots_busy").GetInt32()));
        }

        await CancelAsync(bed.Gateways[2], await IdOfAsync(bed.Gateways[2], "bob"));
        var cancelled = await waiting.WaitAsync(LongestWait);
        Assert.Equal((503, "cancelled"), (cancelled.Status, cancelled.ErrorCode));
        await CancelAsync(bed.Gateways[1], await IdOfAsync(bed.Gateways[1], "ann"));
        Assert.Contains("cancelled", await stream.Content.ReadAsStringAsync().WaitAsync(LongestWait), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drain_AtOneGateway_HoldsAtAll()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var bed = await ClusterBed.StartAsync(gateways: 3, Host);
        var name = (await ClusterBed.AdminAsync(bed.Gateways[0], HttpMethod.Get, StatusPath)).Json.GetProperty("hosts")[0].GetProperty("name").GetString();
        Assert.Equal(200, (await ClusterBed.AdminAsync(bed.Gateways[0], HttpMethod.Post, $"/admin/api/hosts/{name}/drain")).Status);
        foreach (var gateway in bed.Gateways)
        {
            // Each gateway chooses hosts itself for calls that need no slot.
            await ClusterBed.UntilAsync(async () => (await ClusterBed.AdminAsync(gateway, HttpMethod.Get, "/health")).Body.Contains("draining", StringComparison.Ordinal));
            Assert.Equal("no_host", (await ClusterBed.ChatAsync(gateway, "ann", tokens: 1)).ErrorCode);
        }

        Assert.Equal(200, (await ClusterBed.AdminAsync(bed.Gateways[2], HttpMethod.Post, $"/admin/api/hosts/{name}/resume")).Status);
        foreach (var gateway in bed.Gateways)
        {
            await ClusterBed.UntilAsync(async () => (await ClusterBed.ChatAsync(gateway, "ann", tokens: 1)).Status == 200);
        }
    }

    private static async Task<string?> IdOfAsync(BedGateway gateway, string key) =>
        (await ClusterBed.QueueAsync(gateway, key))[0].GetProperty("id").GetString();

    private static async Task CancelAsync(BedGateway gateway, string? call) =>
        Assert.Equal(200, (await ClusterBed.AdminAsync(gateway, HttpMethod.Post, $"/admin/api/calls/{call}/cancel")).Status);
}
