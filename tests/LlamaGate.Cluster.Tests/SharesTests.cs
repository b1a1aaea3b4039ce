using LlamaGate.OllamaEmulator;

namespace LlamaGate.Cluster.Tests;

/// <summary>Who gets which share of a host does not depend on which gateway is asked.</summary>
public sealed class SharesTests
{
    private const int Tokens = 20;

    /// <summary>Outstanding requests of each key.</summary>
    private const int Outstanding = 12;

    /// <summary>Answers before the shares are counted: then every key has requests that wait.</summary>
    private const int Beginning = 100;

    /// <summary>Answers while they are counted.</summary>
    private const int Counted = 600;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

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

        IReadOnlyDictionary<string, double> alone;
        await using (var bed = await ClusterBed.StartAsync(gateways: 1, Host))
        {
            alone = await MeasureAsync(bed, static (_, _) => 0);
        }

        await using var three = await ClusterBed.StartAsync(gateways: 3, Host);
        var atOne = await MeasureAsync(three, static (_, _) => 0);
        // Each key has its own gateway, and the heaviest one two of them.
        var skewed = await MeasureAsync(three, static (key, number) => key switch { "ann" => 0, "bob" => 1, _ => number % 3 == 0 ? 1 : 2 });

        foreach (var key in ClusterBed.Weights.Keys)
        {
            Assert.InRange(atOne[key], alone[key] - 0.05, alone[key] + 0.05);
            Assert.InRange(skewed[key], alone[key] - 0.05, alone[key] + 0.05);
        }
    }

    /// <param name="choose">The gateway of a request, by its key and its number among those of the key.</param>
    private static async Task<IReadOnlyDictionary<string, double>> MeasureAsync(ClusterBed bed, Func<string, int, int> choose)
    {
        using var over = new CancellationTokenSource();
        using var answered = new SemaphoreSlim(0);
        var loops = (from key in ClusterBed.Weights.Keys
                     from number in Enumerable.Range(0, Outstanding)
                     select SendAsync(bed.Gateways[choose(key, number)], key, answered, over.Token)).ToArray();
        await WhenAnsweredAsync(answered, Beginning);
        bed.Host.Runners.ClearCounts();
        await WhenAnsweredAsync(answered, Counted);
        var callers = bed.Host.Runners.Callers;
        Assert.InRange(bed.Host.Runners.MaxInside("plain"), 1, Host.Parallel);
        await over.CancelAsync();
        await Task.WhenAll(loops);
        var work = callers.Where(caller => caller.Key.Length > 0).ToDictionary(caller => caller.Key, caller => caller.Value.SlotTime, StringComparer.Ordinal);
        var whole = work.Values.Sum(time => time.TotalSeconds);
        return work.ToDictionary(one => one.Key, one => one.Value.TotalSeconds / whole, StringComparer.Ordinal);
    }

    private static async Task WhenAnsweredAsync(SemaphoreSlim answered, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.True(await answered.WaitAsync(LongestWait), $"Only {i} of {count} requests were answered.");
        }
    }

    private static async Task SendAsync(BedGateway gateway, string key, SemaphoreSlim answered, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var answer = await ClusterBed.ChatAsync(gateway, key, Tokens);
            Assert.True(answer.Status == 200, answer.Body);
            answered.Release();
        }
    }
}
