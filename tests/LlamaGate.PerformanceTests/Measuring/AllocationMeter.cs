using LlamaGate.PerformanceTests.Running;
using LlamaGate.PerformanceTests.Scenarios;

namespace LlamaGate.PerformanceTests.Measuring;

/// <summary>Measures how many bytes a hot path allocates for each of what it is budgeted by, on all threads, its log line included.</summary>
internal static class AllocationMeter
{
    private const int Rounds = 5;

    public static async Task<double> MeasureAsync(Scenario scenario)
    {
        await using var gateway = await MeasuredGateway.StartAsync(scenario.CacheEnabled);
        return Measure(gateway, scenario);
    }

    /// <summary>Does the scenario's operation many times while its allocations are sampled.</summary>
    public static async Task<(int Operations, double Bytes)> SampleAsync(Scenario scenario, AllocatedTypes types)
    {
        const double EnoughBytes = 300e6;
        await using var gateway = await MeasuredGateway.StartAsync(scenario.CacheEnabled);
        if (scenario.Prepare is { } prepare)
        {
            Repeat(gateway, prepare, 1);
        }

        var bytes = Repeat(gateway, scenario.Operation, scenario.Operations);
        var operations = Math.Max(1, (int)(EnoughBytes * scenario.Operations / bytes));
        types.Begin();
        bytes = Repeat(gateway, scenario.Operation, operations);
        types.End();
        return (operations, bytes);
    }

    private static double Measure(MeasuredGateway gateway, Scenario scenario)
    {
        if (scenario.Prepare is { } prepare)
        {
            Repeat(gateway, prepare, 1);
        }

        // Pools fill, caches grow to their size, the thread pool finds its threads.
        Repeat(gateway, scenario.Operation, scenario.Operations);
        var rounds = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Repeat(gateway, scenario.Operation, scenario.Operations);
            if (scenario.Baseline is { } baseline)
            {
                bytes -= Repeat(gateway, baseline, scenario.Operations);
            }

            rounds[round] = (double)bytes / scenario.Operations / scenario.Units;
        }

        // The median: a round in which something else in this process allocated, the test runner above all, does not count.
        Array.Sort(rounds);
        return rounds[Rounds / 2];
    }

    /// <returns>Bytes that were allocated meanwhile.</returns>
    private static long Repeat(MeasuredGateway gateway, Action<Wires> operation, int times)
    {
        var lines = gateway.Log.Lines;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var time = 0; time < times; time++)
        {
            operation(gateway.Wires);
        }

        gateway.Log.WaitFor(lines + times, Wires.LongestWait);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
