using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Simulation.Clients;
using LlamaGate.Simulation.Hosts;
using LlamaGate.Simulation.Plots;
using LlamaGate.Simulation.Report;

namespace LlamaGate.Simulation.Scenarios;

/// <summary>Four principals whose clients stay, and four whose clients leave: while they wait, while prompts are computed, later.</summary>
internal sealed class Leaving : IScenario
{
    private const int Each = 4;
    private const int Outstanding = 6;
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Mean = TimeSpan.FromSeconds(8);

    public string Name => "leaving";

    public ScenarioReport Run(int repetitions)
    {
        var runs = Enumerable.Range(1, repetitions).Select(RunOne).ToList();
        var left = runs.SelectMany(run => run.Calls).Where(call => call.Outcome is CallOutcome.Left).ToList();
        return new ScenarioReport(
            Name,
            [
                Figure.AtLeast("calls left while waiting", left.Count(call => call.SentAt is null), 1),
                Figure.AtLeast("calls left while running", left.Count(call => call.SentAt is not null), 1),
                Figure.AtMost("delivered apart, in largest calls, the worst", runs.Max(Apart), 2, "×"),
                Figure.AtMost("calls that waited inside Ollama", runs.Sum(run => run.WaitedInside), 0),
                Figure.AtLeast("slots busy while anyone waits", 100 * runs.Min(run => run.Hosts.Account.BusyPart), 98, "%", "0.0"),
            ],
            Draw(runs[0]));
    }

    private static Backlog RunOne(int seed)
    {
        var backlog = new Backlog(seed, new SchedulerOptions { Slots = 4 }, new HostSettings("gpu1"));
        for (var i = 1; i <= Each; i++)
        {
            backlog.Keep(Outstanding, new Principal($"stays{i}", "key"), draws => Work.Of(draws.LogNormal(Mean, 1), draws));
            KeepLeaving(backlog, new Principal($"leaves{i}", "key"));
        }

        backlog.Events.RunUntil(Length);
        return backlog;
    }

    /// <summary>One in two clients leaves. Those that do have little patience or much.</summary>
    private static void KeepLeaving(Backlog backlog, Principal principal)
    {
        for (var i = 0; i < Outstanding; i++)
        {
            var draws = backlog.NewDraws();
            new Client(backlog.Events, backlog.Hosts, principal, "a")
            {
                Work = () => Work.Of(draws.LogNormal(Mean, 1), draws),
                Patience = () => draws.Below(2) == 0 ? null : draws.Exponential(TimeSpan.FromSeconds(30)),
            }.StartAt(TimeSpan.Zero);
        }
    }

    /// <summary>A call that left was no larger than the time for which it had its slot.</summary>
    private static double Apart(Backlog run) => Delivered.Apart(run.Calls, Length)
        / run.Calls.Where(call => call.SentAt is not null).Max(call => ((call.EndedAt ?? Length) - call.SentAt!.Value).TotalSeconds);

    private static string Draw(Backlog run)
    {
        var series = run.Calls.GroupBy(call => call.Principal.Id, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new Series(
                group.Key switch { "stays1" => "four whose clients stay", "leaves1" => "four whose clients leave", _ => "" },
                group.Key.StartsWith("stays", StringComparison.Ordinal) ? 0 : 1,
                Delivered.Curve(group, TimeSpan.Zero, TimeSpan.FromMinutes(3), steps: 120))
            {
                IsThin = true,
            });
        return LineChart.Draw("leaving: clients that hang up do not change the shares", "slot seconds", [.. series]);
    }
}
