using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Simulation.Clients;
using LlamaGate.Simulation.Hosts;
using LlamaGate.Simulation.Plots;
using LlamaGate.Simulation.Report;

namespace LlamaGate.Simulation.Scenarios;

/// <summary>Three principals with the weights 1, 2 and 4.</summary>
internal sealed class Weights : IScenario
{
    private const int Counted = 500;
    private static readonly double[] All = [1, 2, 4];
    private static readonly TimeSpan Mean = TimeSpan.FromSeconds(4);

    public string Name => "weights";

    public ScenarioReport Run(int repetitions) =>
        new(Name, [.. FiguresFor(0, repetitions), .. FiguresFor(1, repetitions)], Draw(RunOne(seed: 1, variation: 1)));

    private static IEnumerable<Figure> FiguresFor(double variation, int repetitions)
    {
        var runs = Enumerable.Range(1, repetitions).Select(seed => RunOne(seed, variation)).ToList();
        foreach (var weight in All)
        {
            var middle = 100 * weight / All.Sum();
            var share = runs.ConvertAll(run => Share(run, weight)).MaxBy(share => Math.Abs(share - middle));
            yield return Figure.Within($"cv {variation}: share of weight {weight} over {Counted} calls, the worst", share, middle, 2, "%");
        }
    }

    private static Backlog RunOne(int seed, double variation)
    {
        var backlog = new Backlog(seed, new SchedulerOptions { Slots = 4 }, new HostSettings("gpu1"));
        foreach (var weight in All)
        {
            var principal = new Principal($"weight {weight}", "key") { Weight = weight };
            backlog.Keep(20, principal, draws => Work.Of(draws.LogNormal(Mean, variation), draws));
        }

        backlog.RunFor(Counted, TimeSpan.FromHours(1));
        return backlog;
    }

    private static double Share(Backlog run, double weight)
    {
        var services = Delivered.Until(run.Calls, run.Events.Now);
        return 100 * services[$"weight {weight}"] / services.Values.Sum();
    }

    private static string Draw(Backlog run) => LineChart.Draw(
        "weights: shares of 1, 2 and 4",
        "slot seconds",
        [.. All.Select((weight, i) => new Series($"weight {weight}", i, CurveOf(run, weight)))]);

    private static IReadOnlyList<(double Time, double Service)> CurveOf(Backlog run, double weight) =>
        Delivered.Curve(run.Calls.Where(call => call.Principal.Weight == weight), TimeSpan.Zero, run.Events.Now, steps: 120);
}
