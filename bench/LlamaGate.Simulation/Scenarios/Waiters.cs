using System.Diagnostics;
using LlamaGate.Simulation.Plots;
using LlamaGate.Simulation.Report;

namespace LlamaGate.Simulation.Scenarios;

/// <summary>10,000 calls of 1,000 principals wait.</summary>
internal sealed class Waiters : IScenario
{
    private const int Principals = 1000;
    private const int Calls = 10_000;

    private const int Slots = 64;
    private static readonly TimeSpan Mean = TimeSpan.FromSeconds(4);

    /// <summary>The estimate of the whole queue is made once a second at most, so its part in a call depends on the pace.</summary>
    private static readonly TimeSpan QuickMean = TimeSpan.FromMilliseconds(40);

    /// <summary>In which all principals get some twenty turns.</summary>
    private const int Measured = 20_000;

    /// <summary>Batches of which the fastest counts: what else runs on the machine only adds to the time.</summary>
    private const int Batches = 10;

    public string Name => "waiters";

    public ScenarioReport Run(int repetitions)
    {
        var full = new ManyWaiters(Principals, Calls, Mean);
        var slow = Fastest(full);
        var quick = new ManyWaiters(Principals, Calls, QuickMean);
        quick.Run(Measured); // To have the code compiled.
        var busy = Fastest(quick);
        var free = new ManyWaiters(principals: 1, calls: 1, Mean);
        free.Run(Measured);
        return new ScenarioReport(
            Name,
            [
                Figure.AtMost("delivered apart, in largest calls", full.Apart, 2, "×"),
                Figure.AtMost("CPU of a call, 10,000 waiting, 1,600 calls a second", busy, 20, "µs", "0.0") with { IsMeasured = true },
                Figure.Note("CPU in a second, 10,000 waiting, 16 calls a second", PerSecond(slow), "ms", "0.0") with { IsMeasured = true },
                Figure.AtMost("CPU of a call, nothing waiting", Fastest(free), 5, "µs", "0.0") with { IsMeasured = true },
            ],
            Draw(full));
    }

    /// <summary>In milliseconds.</summary>
    private static double PerSecond(double microseconds) => microseconds * Slots / Mean.TotalSeconds / 1000;

    private static double Fastest(ManyWaiters waiters) => Enumerable.Range(0, Batches).Select(_ =>
    {
        var begun = Stopwatch.GetTimestamp();
        waiters.Run(Measured / Batches);
        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds / (Measured / Batches);
    }).Min();

    private static string Draw(ManyWaiters waiters) => LineChart.Draw(
        "waiters: 1,000 principals with 10 calls each, 64 slots", "slot seconds", [
        new Series("one in twenty got more", 1, waiters.Most),
        new Series("the median", 0, waiters.Median),
        new Series("one in twenty got less", 2, waiters.Least),
    ]);
}
