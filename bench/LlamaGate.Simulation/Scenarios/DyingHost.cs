using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Simulation.Clients;
using LlamaGate.Simulation.Hosts;
using LlamaGate.Simulation.Plots;
using LlamaGate.Simulation.Report;

namespace LlamaGate.Simulation.Scenarios;

/// <summary>Two hosts, of which one dies and comes back.</summary>
internal sealed class DyingHost : IScenario
{
    private const int Slots = 2;
    private static readonly TimeSpan Dies = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Returns = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan Mean = TimeSpan.FromSeconds(4);
    private static readonly string[] Names = ["gpu1", "gpu2"];

    public string Name => "dying-host";

    public ScenarioReport Run(int repetitions)
    {
        var runs = Enumerable.Range(1, repetitions).Select(RunOne).ToList();
        var calls = runs.SelectMany(run => run.Calls).ToList();
        return new ScenarioReport(
            Name,
            [
                Figure.AtMost("calls lost besides those that had begun to answer", calls.Count(IsLost), 0),
                Figure.AtLeast("calls that failed before a byte and were sent elsewhere", runs.Sum(run => run.Hosts.Returned), 1),
                Figure.AtMost("calls sent to the dead host", calls.Count(IsSentToTheDead), 0),
                Figure.AtMost("until the host that has come back is used, the longest", runs.Max(UntilUsed), 10, "s"),
                Figure.AtMost("delivered apart, in largest calls, the worst", runs.Max(Apart), 2, "×"),
                Figure.AtMost("loads though the wait was shorter", runs.Sum(run => run.Hosts.LoadChecks.Needless), 0),
            ],
            Draw(runs[0]));
    }

    private static Backlog RunOne(int seed)
    {
        var backlog = new Backlog(
            seed, new SchedulerOptions { Slots = Slots }, [.. Names.Select(name => new HostSettings(name) { Slots = Slots })]);
        for (var i = 1; i <= 6; i++)
        {
            backlog.Keep(4, new Principal($"client{i}", "key"), draws => Work.Of(draws.LogNormal(Mean, 1), draws));
        }

        backlog.Events.At(Dies, backlog.Ollamas[0].Die);
        backlog.Events.At(Returns, backlog.Ollamas[0].Revive);
        backlog.Events.RunUntil(Length);
        return backlog;
    }

    private static bool IsLost(ClientCall call) => call is { Outcome: CallOutcome.Failed, SentAt: null };

    private static bool IsSentToTheDead(ClientCall call) => call.Host == Names[0] && call.SentAt > Dies && call.SentAt < Returns;

    private static double UntilUsed(Backlog run) =>
        (run.Calls.Where(call => call.Host == Names[0] && call.SentAt >= Returns).Min(call => call.SentAt!.Value) - Returns).TotalSeconds;

    private static double Apart(Backlog run) =>
        Delivered.Apart(run.Calls, Length) / run.Calls.Where(call => call.SentAt is not null).Max(call => call.Work.Service.TotalSeconds);

    private static string Draw(Backlog run)
    {
        var spans = new List<Span>();
        for (var host = 0; host < Names.Length; host++)
        {
            var calls = run.Calls.Where(call => call.SentAt is not null && call.Host == Names[host])
                .Select(call => (call.SentAt!.Value, call.EndedAt ?? Length, (int?)(call.Outcome is CallOutcome.Failed ? 1 : 0)));
            spans.AddRange(Timeline.Place(calls, host * Slots, Slots));
            spans.AddRange(run.Ollamas[host].Loads.SelectMany(load => Enumerable.Range(host * Slots, Slots)
                .Select(row => new Span(row, load.Begins.TotalSeconds, load.Ends.TotalSeconds, Colour: null))));
        }

        return Timeline.Draw(
            "dying-host: gpu1 dies after 60 s and is back after 100 s",
            Length.TotalSeconds,
            ["gpu1", "", "gpu2", ""],
            spans,
            [("calls", 0), ("calls that failed with their host after a byte", 1), ("a load", null)]);
    }
}
