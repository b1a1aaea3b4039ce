using System.Runtime.InteropServices;
using LlamaGate.Bench.Load;
using LlamaGate.Bench.Report;
using LlamaGate.Bench.Scenarios;
using LlamaGate.Bench.Sharing;
using LlamaGate.Bench.Soak;

namespace LlamaGate.Bench;

/// <summary>The harness; bench/run.sh starts it.</summary>
internal static class BenchProgram
{
    private const int HelpWasAsked = 3;

    private static async Task<int> Main(string[] args)
    {
        using var interrupted = new CancellationTokenSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, interrupted));
        using var sigint = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, interrupted));
        var isShared = args.Contains("--shared", StringComparer.Ordinal);
        try
        {
            if (args.Contains("--help", StringComparer.Ordinal))
            {
                await Console.Out.WriteLineAsync(isShared ? SharingOptions.Usage : BenchOptions.Usage);
                return HelpWasAsked;
            }

            if (isShared)
            {
                var sharing = SharingOptions.Parse(args, Environment.GetEnvironmentVariable);
                return sharing.Check ? 0 : await SharingRun.RunAsync(sharing, interrupted.Token);
            }

            var options = BenchOptions.Parse(args);
            return options.Check ? 0 : await RunAsync(options, interrupted.Token);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n{(isShared ? SharingOptions.Usage : BenchOptions.Usage)}");
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
            var begun = Clock.Now;
            await scenario.RunAsync(rig, report, cancellationToken);
            await Console.Error.WriteLineAsync($"{scenario.Name}: {(Clock.Now - begun) / 1e9:F0} s");
            run.Scenarios.Add(report);
            await Console.Out.WriteLineAsync(MarkdownReport.Of(report, targets));
        }

        await Console.Out.WriteLineAsync(BuildComparison.Of(run.Scenarios));
        return run;
    }
}
