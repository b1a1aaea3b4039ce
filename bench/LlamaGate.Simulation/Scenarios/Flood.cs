using LlamaGate.Simulation.Clients;
using LlamaGate.Simulation.Plots;
using LlamaGate.Simulation.Report;

namespace LlamaGate.Simulation.Scenarios;

/// <summary>One floods, nine are polite.</summary>
internal sealed class Flood : IScenario
{
    private const double P95 = 0.95;

    /// <summary>A wait from which on its estimate is judged by its part.</summary>
    private const double LongWait = 15;

    public string Name => "flood";

    public ScenarioReport Run(int repetitions) =>
        new(Name, [.. FiguresFor(0, repetitions), .. FiguresFor(1, repetitions)], Draw());

    private static IEnumerable<Figure> FiguresFor(double variation, int repetitions)
    {
        var seeds = Enumerable.Range(1, repetitions).ToList();
        var runs = seeds.ConvertAll(seed => FloodRun.Shared(seed, variation, hasFlood: true));
        var calm = seeds.ConvertAll(seed => FloodRun.Shared(seed, variation, hasFlood: false).Calls);
        var direct = seeds.ConvertAll(seed => FloodRun.Direct(seed, variation, hasFlood: true));
        var directCalm = seeds.ConvertAll(seed => FloodRun.Direct(seed, variation, hasFlood: false));
        var calls = runs.ConvertAll(run => run.Calls);
        var polite = calls.SelectMany(FloodRun.PoliteCalls).ToList();
        var of = $"cv {variation}: ";
        yield return Figure.AtMost(of + "polite p95 to the answer's end ÷ without the flood", Ratio(calls, calm), 2, "×");
        yield return Figure.Note(of + "the same, directly to Ollama", Ratio(direct, directCalm), "×", "0.#");
        var wait = polite.Select(call => call.Waited / FloodRun.Mean).Quantile(P95);
        yield return Figure.AtMost(of + "polite p95 wait in mean service times", wait, 1.5, "×");
        foreach (var figure in EtaFigures(of, calls.SelectMany(run => run)))
        {
            yield return figure;
        }

        yield return Figure.AtLeast(of + "slots busy while anyone waits", 100 * runs.Min(run => run.Account.BusyPart), 98, "%", "0.0");
        yield return Figure.AtMost(of + "loads though the wait was shorter", runs.Sum(run => run.LoadChecks.Needless), 0);
    }

    private static IEnumerable<Figure> EtaFigures(string of, IEnumerable<ClientCall> calls)
    {
        var waits = calls.Where(call => call is { Eta: not null, SentAt: not null })
            .Select(call => (Wait: call.Waited.TotalSeconds, Error: Math.Abs((call.Eta!.Value - call.Waited).TotalSeconds))) // As filtered.
            .ToList();
        var shorter = waits.Where(one => one.Wait < LongWait).Select(one => one.Error);
        var parts = waits.Where(one => one.Wait >= LongWait).Select(one => 100 * one.Error / one.Wait).ToList();
        yield return Figure.AtMost(of + "ETA error, waits ≥ 15 s: median", parts.Quantile(0.5), 30, "%", "0");
        yield return Figure.AtMost(of + "ETA error, waits ≥ 15 s: p90", parts.Quantile(0.9), 60, "%", "0");
        yield return Figure.AtMost(of + "ETA error, shorter waits: p90", shorter.Quantile(0.9), 5, "s");
    }

    /// <summary>Of the worst polite client's p95 in all repetitions together.</summary>
    private static double Ratio(IEnumerable<IReadOnlyList<ClientCall>> flooded, IEnumerable<IReadOnlyList<ClientCall>> calm)
    {
        var without = Percentiles(calm);
        return Percentiles(flooded).Max(one => one.Value / without[one.Key]);
    }

    private static Dictionary<string, double> Percentiles(IEnumerable<IReadOnlyList<ClientCall>> runs) => runs
        .SelectMany(FloodRun.PoliteCalls)
        .GroupBy(call => call.Principal.Id, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Select(call => call.Total.TotalSeconds).Quantile(P95), StringComparer.Ordinal);

    private static string Draw()
    {
        const int Seed = 1;
        var shared = FloodRun.Shared(Seed, variation: 1, hasFlood: true).Calls;
        var direct = FloodRun.Direct(Seed, variation: 1, hasFlood: true);
        var calm = FloodRun.Shared(Seed, variation: 1, hasFlood: false).Calls;
        return LineChart.Draw("flood: after two minutes one client keeps 100 calls outstanding", "slot seconds", [
            CurveOf("nine polite clients", 0, shared.Where(IsPolite)),
            CurveOf("the same without a flood", 2, calm.Where(IsPolite)) with { IsThin = true },
            CurveOf("the same directly to Ollama", 4, direct.Where(IsPolite)),
            CurveOf("the flood", 1, shared.Where(call => !IsPolite(call))),
        ]);
    }

    private static bool IsPolite(ClientCall call) => call.Principal.Id != FloodRun.Flooder;

    private static Series CurveOf(string name, int colour, IEnumerable<ClientCall> calls) =>
        new(name, colour, Delivered.Curve(calls, TimeSpan.Zero, FloodRun.Length, steps: 120));
}
