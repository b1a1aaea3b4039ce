using System.Globalization;

namespace LlamaGate.Bench.Sharing.Scenarios;

/// <summary>One slot, answers of 1 s, and 64 streams at once whose clients leave after 30 s without a byte.</summary>
internal sealed class Patience : ISharingScenario
{
    private const int Streams = 64;
    private const int Tokens = 20;
    private const double Wait = 30;

    /// <summary>Half of what a client bears: the default of SSE_KEEPALIVE.</summary>
    private const double Notice = 15;

    public string Name => "patience";

    public async Task RunAsync(SharingRig rig, SharingReport report, CancellationToken cancellationToken)
    {
        var scale = rig.IsReal ? 1 : rig.Options.Scale ?? 0.1;
        string[] callers = [.. Enumerable.Range(0, Streams).Select(i => $"editor-{i}")];
        var notice = string.Create(CultureInfo.InvariantCulture, $"{Math.Round(1000 * Notice * scale)}ms");
        var settings = new StageSettings
        {
            Callers = callers,
            Load = TimeSpan.FromSeconds(2 * scale),
            Token = TimeSpan.FromSeconds(scale / Tokens),
            Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["SSE_KEEPALIVE"] = notice, ["QUEUE_NOTICE"] = notice },
        };
        await rig.BothAsync(settings, async stage =>
        {
            await stage.WarmUpAsync(callers[0], cancellationToken);
            var outcomes = await Task.WhenAll(callers
                .Select(caller => new ChatCall(caller, stage.Upstream.Models[0], Tokens) { Patience = TimeSpan.FromSeconds(Wait * scale) })
                .Select(call => stage.Client.AskAsync(call, cancellationToken)));
            report.Add(Name, "clients that give up", stage, outcomes.Count(outcome => outcome.Ending is ChatEnding.GaveUp), Goal.AtMost(0));

            // A margin for those whose answer came as the notice was due.
            var patient = outcomes.Where(outcome => (outcome.FirstChunk ?? outcome.Total) > 1.2 * Notice * scale).ToArray();
            report.Add(Name, "clients that waited longer than the notice", stage, patient.Length);
            report.Add(Name, "of them without their place", stage, patient.Count(outcome => outcome.Places == 0), Goal.AtMost(0));
            report.AddFaults(Name, stage, outcomes);
        }, cancellationToken);
    }
}
