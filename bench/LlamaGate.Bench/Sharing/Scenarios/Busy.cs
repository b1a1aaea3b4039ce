namespace LlamaGate.Bench.Sharing.Scenarios;

/// <summary>Four slots, answers of 0.2 s, and 32 clients without a pause, so that somebody waits all the time.</summary>
internal sealed class Busy : ISharingScenario
{
    private const int Clients = 32;
    private const int Slots = 4;
    private const int Tokens = 10;

    public string Name => "busy";

    public async Task RunAsync(SharingRig rig, SharingReport report, CancellationToken cancellationToken)
    {
        if (rig.IsReal)
        {
            await Console.Error.WriteLineAsync("busy: only the emulator tells how its slots are used");
            return;
        }

        string[] callers = [.. Enumerable.Range(0, Clients / 2).Select(i => $"team-{i}")];
        await rig.BothAsync(new StageSettings { Callers = callers, Slots = Slots }, async stage =>
        {
            ChatCall[] calls = [.. callers.Concat(callers).Select(caller => new ChatCall(caller, stage.Upstream.Models[0], Tokens))];
            await stage.WarmUpAsync(callers[0], cancellationToken);
            using var until = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var running = ClosedClients.UntilAsync(stage.Client, calls, (_, _) => TimeSpan.Zero, until.Token);

            // From when the gateway's code is compiled to before the first client leaves.
            await Task.Delay(TimeSpan.FromSeconds(rig.Options.Quick ? 3 : 6), cancellationToken);
            await stage.Upstream.ClearAsync(cancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(rig.Options.Quick ? 8 : 25), cancellationToken);
            var counts = await stage.Upstream.CountsAsync(cancellationToken);
            await until.CancelAsync();
            Report(report, stage, counts, await running);
        }, cancellationToken);
    }

    private void Report(SharingReport report, Stage stage, UpstreamCounts counts, IReadOnlyCollection<ChatOutcome> outcomes)
    {
        var slots = counts.Slots ?? throw new InvalidOperationException("The emulator counts its slots.");
        report.Add(Name, "slots busy while anyone waits, %", stage, 100 * slots.Busy / (Slots * slots.Elapsed), Goal.AtLeast(98));
        report.Add(Name, "slot free → next call, p50 ms", stage, 1000 * slots.GapP50);
        report.Add(Name, "slot free → next call, p95 ms", stage, 1000 * slots.GapP95, Goal.AtMost(2));
        report.Add(Name, "most calls at once in a runner", stage, slots.PeakInside, Goal.AtMost(Slots));
        report.Add(Name, "time with a call waiting inside, %", stage, 100 * slots.WaitingInside / slots.Elapsed);
        report.Add(Name, "least ÷ greatest slot time of a caller", stage, slots.Callers.Values.Min() / slots.Callers.Values.Max());
        report.AddFaults(Name, stage, outcomes);
    }
}
