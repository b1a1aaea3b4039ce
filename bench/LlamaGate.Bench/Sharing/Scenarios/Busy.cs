using LlamaGate.Bench.Scenarios;

namespace LlamaGate.Bench.Sharing.Scenarios;

/// <summary>Four slots, answers of 0.2 s, and 32 clients without a pause, so that somebody waits all the time.</summary>
internal sealed class Busy : ISharingScenario
{
    private const int Clients = 32;
    private const int Slots = 4;
    private const int Tokens = 10;

    /// <summary>Calls of each client in one pass of warming up, and the most passes: quick, full. A pass takes about two seconds.</summary>
    private const int CallsOfPass = 10;
    private static readonly (int Quick, int Full) Passes = (12, 40);

    public string Name => "busy";

    public async Task RunAsync(SharingRig rig, SharingReport report, CancellationToken cancellationToken)
    {
        if (rig.IsReal)
        {
            await Console.Error.WriteLineAsync("busy: only the emulator tells how its slots are used");
            return;
        }

        string[] callers = [.. Enumerable.Range(0, Clients / 2).Select(i => $"team-{i}")];
        await rig.BothAsync(new StageSettings { Callers = callers, Slots = Slots, IsProbed = true }, async stage =>
        {
            ChatCall[] calls = [.. callers.Concat(callers).Select(caller => new ChatCall(caller, stage.Upstream.Models[0], Tokens))];
            await stage.WarmUpAsync(callers[0], cancellationToken);
            if (stage.IsGateway)
            {
                await WarmUpAsync(stage, calls, rig.Options.Quick ? Passes.Quick : Passes.Full, cancellationToken);
            }

            using var until = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var running = ClosedClients.UntilAsync(stage.Client, calls, (_, _) => TimeSpan.Zero, until.Token);

            // From when all clients wait to before the first one leaves.
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            await stage.Upstream.ClearAsync(cancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(rig.Options.Quick ? 8 : 25), cancellationToken);
            var counts = await stage.Upstream.CountsAsync(cancellationToken);
            await until.CancelAsync();
            Report(report, stage, counts, await running);
        }, cancellationToken);
    }

    /// <summary>
    /// Short calls until the gateway's compiler is at rest: its thread takes the gateway's only core for milliseconds at a time.
    /// </summary>
    private static async Task WarmUpAsync(Stage stage, ChatCall[] calls, int most, CancellationToken cancellationToken)
    {
        ChatCall[] brief = [.. calls.Select(call => call with { Tokens = 1 })];
        var steady = new SteadyState(leastRequests: 0);
        for (var pass = 0; pass < most && !steady.IsReached; pass++)
        {
            var (cpu, compiled) = (stage.Server.CpuNanoseconds(), stage.Server.CompiledMethods());
            var answers = await ClosedClients.TimesAsync(stage.Client, brief, CallsOfPass, (_, _) => TimeSpan.Zero, cancellationToken);
            steady.Add(
                (double)(stage.Server.CpuNanoseconds() - cpu) / answers.Length, answers.Length, stage.Server.CompiledMethods() - compiled);
        }
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
