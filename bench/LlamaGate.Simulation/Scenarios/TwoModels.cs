using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Simulation.Clients;
using LlamaGate.Simulation.Hosts;
using LlamaGate.Simulation.Plots;
using LlamaGate.Simulation.Report;

namespace LlamaGate.Simulation.Scenarios;

/// <summary>One of two models fits into memory, and for both of them calls always wait.</summary>
internal sealed class TwoModels : IScenario
{
    private const int Slots = 4;
    private const double Shown = 120;
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Mean = TimeSpan.FromSeconds(4);
    private static readonly string[] Models = ["a", "b"];

    public string Name => "two-models";

    public ScenarioReport Run(int repetitions)
    {
        List<Figure> figures = [];
        foreach (var variation in new[] { 0.0, 1.0 })
        {
            var runs = Enumerable.Range(1, repetitions).Select(seed => RunOne(seed, variation)).ToList();
            var share = runs.ConvertAll(Share).MaxBy(share => Math.Abs(share - 50));
            figures.Add(Figure.AtMost($"cv {variation}: time in loads, the worst", runs.Max(LoadPart), 20, "%", "0.0"));
            figures.Add(Figure.Within($"cv {variation}: share of the first of two principals, the worst", share, 50, 5, "%"));
            var needless = runs.Sum(run => run.Hosts.LoadChecks.Needless);
            figures.Add(Figure.AtMost($"cv {variation}: loads though the wait was shorter", needless, 0));
        }

        return new ScenarioReport(Name, figures, Draw(RunOne(seed: 1, variation: 1)));
    }

    private static Backlog RunOne(int seed, double variation)
    {
        var settings = new HostSettings("gpu1") { Slots = Slots, LoadTime = TimeSpan.FromSeconds(4), Models = Models };
        var backlog = new Backlog(seed, new SchedulerOptions { Slots = Slots }, settings);
        foreach (var model in Models)
        {
            var principal = new Principal($"uses {model}", "key");
            backlog.Keep(16, principal, draws => Work.Of(draws.LogNormal(Mean, variation), draws), model);
        }

        backlog.Events.RunUntil(Length);
        return backlog;
    }

    private static double LoadPart(Backlog run) =>
        100 * run.Ollamas[0].Loads.Sum(load => ((load.Ends < Length ? load.Ends : Length) - load.Begins) / Length);

    private static double Share(Backlog run)
    {
        var services = Delivered.Until(run.Calls, Length);
        return 100 * services["uses a"] / services.Values.Sum();
    }

    private static string Draw(Backlog run)
    {
        var calls = run.Calls.Where(call => call.SentAt is not null)
            .Select(call => (call.SentAt!.Value, call.EndedAt ?? Length, (int?)Array.IndexOf(Models, call.Model)));
        var loads = run.Ollamas[0].Loads.Select(load => (load.Begins, load.Ends, (int?)null));
        return Timeline.Draw(
            "two-models: one fits, calls wait for both",
            Shown,
            ["slot 1", "slot 2", "slot 3", "slot 4", "loads"],
            [.. Timeline.Place(calls, 0, Slots), .. Timeline.Place(loads, Slots, 1)],
            [("calls of model a", 0), ("calls of model b", 1), ("a load", null)]);
    }
}
