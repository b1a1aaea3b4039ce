using LlamaGate.PerformanceTests.Running;
using LlamaGate.PerformanceTests.Scenarios;

namespace LlamaGate.PerformanceTests.Measuring;

/// <summary>
/// Measures how many bytes a hot path allocates for each of what it is budgeted by, on all threads, its log line included. The
/// process must have nothing else to do.
/// </summary>
internal sealed class AllocationMeter(MeasuredGateway gateway, Scenario scenario)
{
    private const int Rounds = 4;

    public static Task<double> MeasureAsync(Scenario scenario) =>
        RunAsync(scenario, meter => scenario.IsOfLargeObjects ? meter.MeasureLargeObjects() : meter.Measure());

    /// <summary>Bytes of one operation, while what they are is sampled.</summary>
    public static Task<double> SampleAsync(Scenario scenario, AllocatedTypes types) =>
        RunAsync(scenario, meter => meter.Sample(types));

    private static async Task<double> RunAsync(Scenario scenario, Func<AllocationMeter, double> measure)
    {
        await using var gateway = await MeasuredGateway.StartAsync(scenario.CacheEnabled);
        var meter = new AllocationMeter(gateway, scenario);
        // A thread of its own: those of the pool are the gateway's.
        return await Task.Factory.StartNew(
            () =>
            {
                meter.WarmUp();
                return measure(meter);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    private void WarmUp()
    {
        if (scenario.Prepare is { } prepare)
        {
            Repeat(prepare, 1);
        }

        // Pools fill, caches grow to their size, the thread pool finds its threads.
        Repeat(scenario.Operation, scenario.Operations);
    }

    private double Measure()
    {
        var bytes = Least(() => Repeat(scenario.Operation, scenario.Operations));
        var common = scenario.Baseline is { } baseline ? Least(() => Repeat(baseline, scenario.Operations)) : 0;
        return (double)(bytes - common) / scenario.Operations / scenario.Units;
    }

    private double MeasureLargeObjects() => (double)Least(() =>
    {
        using var objects = new LargeObjects();
        objects.Begin();
        Repeat(scenario.Operation, scenario.Operations);
        return objects.End();
    }) / scenario.Operations;

    /// <summary>What happens now and then, such as a timer of the framework or a pool that was trimmed, only adds: it is not the path's.</summary>
    private static long Least(Func<long> measureRound) => Enumerable.Range(0, Rounds).Min(_ => measureRound());

    private double Sample(AllocatedTypes types)
    {
        const double EnoughBytes = 300e6;
        var bytes = Repeat(scenario.Operation, scenario.Operations);
        var operations = Math.Max(1, (int)(EnoughBytes * scenario.Operations / bytes));
        types.Begin();
        bytes = Repeat(scenario.Operation, operations);
        types.End();
        return (double)bytes / operations;
    }

    /// <returns>Bytes that were allocated meanwhile.</returns>
    private long Repeat(Action<Wires> operation, int times)
    {
        var lines = gateway.Log.Lines;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var time = 0; time < times; time++)
        {
            operation(gateway.Wires);
            gateway.Log.WaitFor(++lines, Wires.LongestWait);
        }

        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
