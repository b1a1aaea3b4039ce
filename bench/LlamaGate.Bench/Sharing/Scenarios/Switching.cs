using LlamaGate.Bench.Load;

namespace LlamaGate.Bench.Sharing.Scenarios;

/// <summary>
/// Two models of which one fits, one slot, a load of 2 s, answers of 0.5 s; 8 clients that stick to one model each ask 10 times.
/// </summary>
/// <param name="name">As in --only.</param>
/// <param name="pauses">Whether a client pauses for 0.2 to 1 s after an answer.</param>
internal sealed class Switching(string name, bool pauses) : ISharingScenario
{
    private const int Clients = 8;
    private const int Times = 10;
    private const int Tokens = 25;

    public string Name => name;

    public async Task RunAsync(SharingRig rig, SharingReport report, CancellationToken cancellationToken)
    {
        var scale = rig.IsReal ? 1 : rig.Options.Scale ?? (rig.Options.Quick ? 0.25 : 1);
        string[] callers = [.. Enumerable.Range(0, Clients).Select(i => $"team-{i}")];
        var settings = new StageSettings
        {
            Callers = callers,
            Load = TimeSpan.FromSeconds(2 * scale),
            Token = TimeSpan.FromSeconds(0.5 * scale / Tokens),
        };
        await rig.BothAsync(settings, async stage =>
        {
            var models = stage.Upstream.Models;
            ChatCall[] calls = [.. callers.Select((caller, i) => new ChatCall(caller, models[i % models.Count], Tokens))];
            await stage.Upstream.ClearAsync(cancellationToken);
            var begun = Clock.Now;
            var outcomes = await ClosedClients.TimesAsync(
                stage.Client, calls, Times, (_, random) => pauses ? Pause(random) * scale : TimeSpan.Zero, cancellationToken);
            var seconds = (Clock.Now - begun) / 1e9;
            var counts = await stage.Upstream.CountsAsync(cancellationToken);
            report.Add(Name, "time to finish all, s", stage, seconds, pauses ? null : Goal.RatioAtMost(0.5));
            report.Add(Name, "loads", stage, counts.Loads, pauses ? Goal.AtMost(8) : Goal.RatioAtMost(0.25));
            report.Add(Name, "reloads by options", stage, counts.Slots?.Reloads, Goal.AtMost(0));
            report.Add(Name, "time in loads, %", stage, 100 * counts.Slots?.Loading / counts.Slots?.Elapsed);
            report.Add(Name, "longest wait for an answer, s", stage, outcomes.Max(outcome => outcome.Total));
            report.AddFaults(Name, stage, outcomes);
        }, cancellationToken);
    }

    private static TimeSpan Pause(Random random) => TimeSpan.FromSeconds(0.2 + (0.8 * random.NextDouble()));
}
