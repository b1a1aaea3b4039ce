using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Cluster;

/// <summary>Who gets which share of a host does not depend on which gateway is asked. They measure time, so nothing else runs meanwhile.</summary>
[Collection(nameof(RunsAlone))]
public sealed class SharesTests
{
    private const int Tokens = 20;

    /// <summary>Outstanding requests of each key.</summary>
    private const int Outstanding = 12;

    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);

    private static readonly SchedulingOptions Host = new()
    {
        Parallel = 4,
        LoadTime = TimeSpan.FromMilliseconds(50),
        TokenTime = TimeSpan.FromMilliseconds(2),
        PromptTokensPerSecond = 100_000,
    };

    [Fact]
    public async Task Shares_OfSeveralGateways_AreThoseOfOne()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var alone = await MeasureAsync(gateways: 1, static (_, _) => 0);
        var atOne = await MeasureAsync(gateways: 3, static (_, _) => 0);
        // Each key has its own gateway, and the heaviest one two of them.
        var skewed = await MeasureAsync(gateways: 3, static (key, number) => key switch { "ann" => 0, "bob" => 1, _ => number % 3 == 0 ? 1 : 2 });

        foreach (var key in ClusterBed.Weights.Keys)
        {
            Assert.InRange(atOne[key], alone[key] - 0.05, alone[key] + 0.05);
            Assert.InRange(skewed[key], alone[key] - 0.05, alone[key] + 0.05);
        }
    }

    /// <param name="choose">The gateway of a request, by its key and its number among those of the key.</param>
    private static async Task<IReadOnlyDictionary<string, double>> MeasureAsync(int gateways, Func<string, int, int> choose)
    {
        await using var bed = await ClusterBed.StartAsync(gateways, Host);
        using var over = new CancellationTokenSource();
        var loops = (from key in ClusterBed.Weights.Keys
                     from number in Enumerable.Range(0, Outstanding)
                     select SendAsync(bed.Gateways[choose(key, number)], key, over.Token)).ToArray();
        // Counted is the time in which every key has requests that wait: neither the beginning nor the end.
        await Task.Delay(Beginning);
        bed.Host.Runners.ClearCounts();
        await Task.Delay(Duration);
        var callers = bed.Host.Runners.Callers;
        Assert.InRange(bed.Host.Runners.MaxInside("plain"), 1, Host.Parallel);
        await over.CancelAsync();
        await Task.WhenAll(loops);
        var work = callers.Where(caller => caller.Key.Length > 0).ToDictionary(caller => caller.Key, caller => caller.Value.SlotTime, StringComparer.Ordinal);
        var whole = work.Values.Sum(time => time.TotalSeconds);
        return work.ToDictionary(one => one.Key, one => one.Value.TotalSeconds / whole, StringComparer.Ordinal);
    }

    private static async Task SendAsync(BedGateway gateway, string key, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var answer = await ClusterBed.ChatAsync(gateway, key, Tokens);
            Assert.True(answer.Status == 200, answer.Body);
        }
    }
}
