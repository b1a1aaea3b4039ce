using System.Runtime.InteropServices;
using LlamaGate.Bench.Report;
using LlamaGate.Bench.Scenarios;
using LlamaGate.Bench.Soak;

namespace LlamaGate.Bench;

/// <summary>The harness; bench/run.sh starts it.</summary>
internal static class BenchProgram
{
    private static async Task<int> Main(string[] args)
    {
        using var interrupted = new CancellationTokenSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, interrupted));
        using var sigint = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, interrupted));
        try
        {
            return await RunAsync(BenchOptions.Parse(args), interrupted.Token);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n{BenchOptions.Usage}");
            return 2;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("interrupted");
            return 130;
        }
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource interrupted)
    {
        signal.Cancel = true;
        interrupted.Cancel();
    }

    private static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var places = new BenchPlaces(options.Root, options.Work);
        if (options.Soak is { } time)
        {
            await using var rig = new Rig(options, places);
            await rig.StartAsync(cancellationToken);
            return await SoakRun.RunAsync(rig, time, cancellationToken) ? 0 : 1;
        }

        var targets = await Targets.ReadAsync(places.Targets, cancellationToken);
        var run = options.From is { } file
            ? await RunReport.ReadAsync(file, cancellationToken)
            : await MeasureAsync(options, places, targets, cancellationToken);
        if (options.From is null)
        {
            await run.WriteAsync(options.Json ?? run.DefaultFile(options.Root), cancellationToken);
        }

        if (options.WriteDocs)
        {
            await PerformanceDocuments.WriteAsync(run, targets, options.Root, cancellationToken);
        }

        return run.Scenarios.Exists(scenario => scenario.Faults.Count > 0) ? 1 : 0;
    }

    private static async Task<RunReport> MeasureAsync(
        BenchOptions options, BenchPlaces places, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var run = await RunReport.BeginAsync(options, cancellationToken);
        await using var rig = new Rig(options, places);
        await rig.StartAsync(cancellationToken);
        foreach (var scenario in AllScenarios.Chosen(options))
        {
            var report = new ScenarioReport(scenario.Name, scenario.Title);
            await scenario.RunAsync(rig, report, cancellationToken);
            run.Scenarios.Add(report);
            await Console.Out.WriteLineAsync(MarkdownReport.Of(report, targets));
        }

        return run;
    }
}
