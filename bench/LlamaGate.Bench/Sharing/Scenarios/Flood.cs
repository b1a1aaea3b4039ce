using System.Globalization;
using LlamaGate.Bench.Load;

namespace LlamaGate.Bench.Sharing.Scenarios;

/// <summary>
/// 4 slots, answers of 4 s, 9 polite callers who think for 10 s between two calls; then the same with one more who has 40 or 100 calls
/// outstanding all the time.
/// </summary>
internal sealed class Flood : ISharingScenario
{
    private const string Flooder = "flood";
    private const int Polite = 9;
    private const int Tokens = 20;
    private const int Slots = 4;
    private const double Answer = 4;
    private const double Think = 10;
    private static readonly int[] Greatest = [100];
    private static readonly int[] Both = [40, 100];

    public string Name => "flood";

    public async Task RunAsync(SharingRig rig, SharingReport report, CancellationToken cancellationToken)
    {
        var scale = rig.Options.Scale ?? 0.1;
        string[] polite = [.. Enumerable.Range(1, Polite).Select(i => $"polite-{i}")];
        var settings = new StageSettings
        {
            Callers = [.. polite, Flooder],
            Slots = Slots,
            Load = TimeSpan.FromSeconds(2 * scale),
            Token = TimeSpan.FromSeconds(Answer * scale / Tokens),
            Variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PRIORITY_AGING"] = Milliseconds(30_000 * scale),
                ["FAIR_MEMORY"] = Milliseconds(60_000 * scale),
            },
        };
        await rig.BothAsync(settings, async stage =>
        {
            await stage.WarmUpAsync(polite[0], cancellationToken);
            var service = rig.IsReal ? await ServiceAsync(stage, polite[0], cancellationToken) : Answer * scale;
            var window = TimeSpan.FromSeconds((rig.Options.Quick ? 250 : 600) * service / Answer);
            var think = TimeSpan.FromSeconds(service * Think / Answer);
            ChatCall[] calls = [.. polite.Select(caller => new ChatCall(caller, stage.Upstream.Models[0], Tokens))];
            var alone = await RunAsync(stage, calls, 0, think, window, cancellationToken);
            var before = Quantiles.Of(alone.Polite.Select(outcome => outcome.Total), 0.95);
            report.Add(Name, "without: polite p95 to the answer's end, s", stage, before);
            foreach (var outstanding in rig.Options.Quick ? Greatest : Both)
            {
                var flooded = await RunAsync(stage, calls, outstanding, think, window, cancellationToken);
                var p95 = Quantiles.Of(flooded.Polite.Select(outcome => outcome.Total), 0.95);
                report.Add(Name, $"flood of {outstanding}: polite p95, s", stage, p95);
                report.Add(Name, $"flood of {outstanding}: polite p95 ÷ without", stage, p95 / before, Goal.AtMost(2));
                report.Add(Name, $"flood of {outstanding}: its share of the answers, %", stage, flooded.ShareOfAnswers);
                report.Add(Name, $"flood of {outstanding}: its share of the slot time, %", stage, flooded.ShareOfTime);
                report.AddFaults(Name, stage, flooded.Polite);
            }
        }, cancellationToken);
    }

    private static async Task<Result> RunAsync(
        Stage stage, ChatCall[] polite, int outstanding, TimeSpan think, TimeSpan window, CancellationToken cancellationToken)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var flood = Enumerable.Repeat(new ChatCall(Flooder, polite[0].Model, polite[0].Tokens), outstanding).ToArray();
        await stage.Upstream.ClearAsync(cancellationToken);
        until.CancelAfter(window);
        var flooding = ClosedClients.UntilAsync(stage.Client, flood, (_, _) => TimeSpan.Zero, until.Token);
        var outcomes = await ClosedClients.UntilAsync(stage.Client, polite, (_, random) => 2 * random.NextDouble() * think, until.Token);
        var flooded = await flooding;
        cancellationToken.ThrowIfCancellationRequested();
        var counts = await stage.Upstream.CountsAsync(cancellationToken);

        // Those who left are out of the upstream before the next round.
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        var answers = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Flooder] = Finished(flooded),
            ["others"] = Finished(outcomes),
        };
        return new Result(
            outcomes,
            Quantiles.Percent(answers, Flooder),
            counts.Slots is { } slots ? Quantiles.Percent(slots.Callers, Flooder) : null);
    }

    /// <summary>What an answer takes a real model when it is alone.</summary>
    private static async Task<double> ServiceAsync(Stage stage, string caller, CancellationToken cancellationToken)
    {
        var begun = Clock.Now;
        await stage.Client.AskAsync(new ChatCall(caller, stage.Upstream.Models[0], Tokens), cancellationToken);
        return (Clock.Now - begun) / 1e9;
    }

    private static double Finished(IEnumerable<ChatOutcome> outcomes) => outcomes.Count(outcome => outcome.Ending is ChatEnding.Finished);

    private static string Milliseconds(double count) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(count)}ms");

    private sealed record Result(IReadOnlyCollection<ChatOutcome> Polite, double ShareOfAnswers, double? ShareOfTime);
}
