using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Simulation.Clients;
using LlamaGate.Simulation.Hosts;
using LlamaGate.Simulation.Plots;
using LlamaGate.Simulation.Report;

namespace LlamaGate.Simulation.Scenarios;

/// <summary>Three principals with short answers and three with long ones, all with a backlog.</summary>
internal sealed class Mixed : IScenario
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);
    private static readonly (string Name, int Tokens, TimeSpan Mean)[] Kinds =
        [("short", 30, TimeSpan.FromSeconds(1)), ("long", 240, TimeSpan.FromSeconds(10))];

    public string Name => "mixed";

    public ScenarioReport Run(int repetitions)
    {
        var exact = RunOne(seed: 1, (kind, _) => Work.Exact(kind.Tokens));
        var runs = Enumerable.Range(1, repetitions)
            .Select(seed => RunOne(seed, (kind, draws) => Work.Of(draws.LogNormal(kind.Mean, 1), draws))).ToList();
        return new ScenarioReport(
            Name,
            [
                Figure.AtMost("counters apart, exact estimates, in largest calls", CountersApart(exact), 1, "×"),
                Figure.AtMost("delivered apart, exact estimates, in largest calls", Apart(exact), 2, "×"),
                Figure.AtMost("delivered apart, cv 1, in largest calls, the worst", runs.Max(Apart), 2, "×"),
                Figure.AtMost("calls that waited inside Ollama", runs.Sum(run => run.WaitedInside), 0),
                Figure.AtLeast("slots busy while anyone waits", 100 * runs.Min(run => run.Hosts.Account.BusyPart), 98, "%", "0.0"),
            ],
            Draw(runs[0]));
    }

    private static Backlog RunOne(int seed, Func<(string Name, int Tokens, TimeSpan Mean), Time.Draws, Work> work)
    {
        var backlog = new Backlog(seed, new SchedulerOptions { Slots = 4 }, new HostSettings("gpu1"));
        foreach (var kind in Kinds)
        {
            for (var i = 1; i <= 3; i++)
            {
                backlog.Keep(10, new Principal($"{kind.Name}{i}", "key"), draws => work(kind, draws));
            }
        }

        backlog.Events.RunUntil(Length);
        return backlog;
    }

    private static double CountersApart(Backlog run) => run.Hosts.Charges.Apart(Names(run), Length) / Largest(run);

    private static double Apart(Backlog run) => Delivered.Apart(run.Calls, Length) / Largest(run);

    private static double Largest(Backlog run) =>
        run.Calls.Where(call => call.SentAt is not null).Max(call => call.Work.Service.TotalSeconds);

    private static IReadOnlyList<string> Names(Backlog run) =>
        [.. run.Calls.Select(call => call.Principal.Id).Distinct(StringComparer.Ordinal)];

    private static string Draw(Backlog run)
    {
        var series = Names(run).Select(name => new Series(
            name switch { "short1" => "three with short answers", "long1" => "three with long answers", _ => "" },
            name.StartsWith("short", StringComparison.Ordinal) ? 0 : 1,
            Delivered.Curve(run.Calls.Where(call => call.Principal.Id == name), TimeSpan.Zero, TimeSpan.FromMinutes(2), steps: 120))
        {
            IsThin = true,
        });
        return LineChart.Draw("mixed: answers of 1 s and of 10 s", "slot seconds", [.. series]);
    }
}
