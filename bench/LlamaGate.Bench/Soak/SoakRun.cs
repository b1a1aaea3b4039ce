using System.Globalization;
using LlamaGate.Bench.Processes;
using LlamaGate.Bench.Report;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Soak;

/// <summary>Half of what the gateway can do, for long, with clients that leave and an upstream that fails.</summary>
internal static class SoakRun
{
    private const double Load = 0.5;
    private const double MostGrowth = 1.05;
    private const double Megabyte = 1024 * 1024;
    private const int CalibrationPerSecond = 200;
    private static readonly TimeSpan Calibration = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MostWarmUp = TimeSpan.FromSeconds(60);

    /// <returns>Whether the memory stayed flat and no error was the gateway's own.</returns>
    public static async Task<bool> RunAsync(Rig rig, TimeSpan time, CancellationToken cancellationToken)
    {
        var server = rig.Servers.First(candidate => candidate.Kind == ServerKind.Gateway);
        var process = server.Process ?? throw new InvalidOperationException("A gateway has a process.");
        using var load = new SoakLoad(server);
        await load.RunAsync(CalibrationPerSecond, Calibration, cancellationToken);
        var (cpu, done) = (server.CpuNanoseconds(), load.Done);
        await load.RunAsync(CalibrationPerSecond, Calibration, cancellationToken);
        var perSecond = Load * 1e9 / ((server.CpuNanoseconds() - cpu) / (double)Math.Max(1, load.Done - done));
        await WriteAsync($"Half of what one core can do is {perSecond:F0} requests a second.");
        await load.RunAsync(perSecond, TimeSpan.FromTicks(Math.Min(MostWarmUp.Ticks, time.Ticks / 4)), cancellationToken);

        (cpu, done) = (server.CpuNanoseconds(), load.Done);
        var running = load.RunAsync(perSecond, time, cancellationToken);
        var resident = await SampleAsync(process.Id, running, cancellationToken);
        await running;
        var share = (server.CpuNanoseconds() - cpu) / time.TotalNanoseconds;
        await WriteAsync($"{load.Done - done} requests in {time.TotalMinutes:F1} min; the gateway used {share:P0} of its core.");
        return await JudgeAsync(load, Thirds(resident));
    }

    /// <summary>The medians of the first, the second and the last third.</summary>
    internal static double[] Thirds(IReadOnlyList<double> samples)
    {
        var third = Math.Max(1, samples.Count / 3);
        return
        [
            Ratios.Median(samples.Take(third)),
            Ratios.Median(samples.Skip(third).Take(third)),
            Ratios.Median(samples.Skip(samples.Count - third)),
        ];
    }

    private static async Task<IReadOnlyList<double>> SampleAsync(int pid, Task until, CancellationToken cancellationToken)
    {
        var samples = new List<double>();
        while (!until.IsCompleted)
        {
            samples.Add(ProcessUsage.ResidentBytes(pid) / Megabyte);
            await Task.WhenAny(until, Task.Delay(TimeSpan.FromSeconds(1), cancellationToken));
        }

        return samples;
    }

    private static async Task<bool> JudgeAsync(SoakLoad load, double[] thirds)
    {
        var growth = thirds[2] / thirds[0];
        var errors = load.Complaints.Values.Sum();
        await WriteAsync($"RSS by thirds: {thirds[0]:F1}, {thirds[1]:F1}, {thirds[2]:F1} MB; last / first = {growth:F3} (≤ {MostGrowth})");
        await WriteAsync($"Own errors: {errors} (0)");
        foreach (var (what, times) in load.Complaints)
        {
            await WriteAsync($"  {times} × {what}");
        }

        var isGood = growth <= MostGrowth && errors == 0;
        await WriteAsync(isGood ? "Soak: passed" : "Soak: FAILED");
        return isGood;
    }

    private static Task WriteAsync(FormattableString text) =>
        Console.Out.WriteLineAsync(text.ToString(CultureInfo.InvariantCulture));

    private static Task WriteAsync(string text) => Console.Out.WriteLineAsync(text);
}
