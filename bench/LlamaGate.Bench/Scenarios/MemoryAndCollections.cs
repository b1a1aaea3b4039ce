using LlamaGate.Bench.Processes;
using LlamaGate.Bench.Report;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Scenarios;

/// <summary>Memory of a fresh server before and after a load, and what its garbage collector did meanwhile.</summary>
internal sealed class MemoryAndCollections : IScenario
{
    private const double Megabyte = 1024 * 1024;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(0.5);
    private static readonly Figure Idle = new("rss-idle", "RSS idle MB", 0);
    private static readonly Figure After = new("rss-after", "RSS after load MB", 0);
    private static readonly Figure Gen0 = new("gen0", "gen 0 per 100,000 requests", 1, Compare.None);
    private static readonly Figure Gen1 = new("gen1", "gen 1", 1, Compare.None);
    private static readonly Figure Gen2 = new("gen2", "gen 2", 1, Compare.None);
    private static readonly Figure Pause = new("pause", "mean pause µs", 0, Compare.None);
    private static readonly Figure Paused = new("paused", "paused, % of the time", 2, Compare.None);

    public string Name => "memory";

    public string Title => "Memory and garbage collection, plain chat, 64 connections";

    public async Task RunAsync(Rig rig, ScenarioReport report, CancellationToken cancellationToken)
    {
        var (rounds, time) = rig.Options.Quick ? (1, TimeSpan.FromSeconds(1)) : (2, TimeSpan.FromSeconds(5));
        for (var round = 0; round < rounds; round++)
        {
            foreach (var start in rig.Fresh())
            {
                await using var server = await start(true, cancellationToken);
                await MeasureAsync(rig, report, server, time, cancellationToken);
            }
        }
    }

    private static async Task MeasureAsync(
        Rig rig, ScenarioReport report, Server server, TimeSpan time, CancellationToken cancellationToken)
    {
        if (server is not { Process: { } process, Probe: { } probe })
        {
            return;
        }

        var file = Path.Combine(rig.Places.Work, "body.json");
        await File.WriteAllBytesAsync(file, ChatBodies.Text("bench:plain-20", 200), cancellationToken);
        await Wrk.RunAsync(rig.Places, server, file, 1, TimeSpan.FromSeconds(0.2), cancellationToken);
        await Task.Delay(Settling, cancellationToken);
        report.Add(Idle, server, ProcessUsage.ResidentBytes(process.Id) / Megabyte);
        var before = probe.Read();
        var result = await Wrk.RunAsync(rig.Places, server, file, 64, time, cancellationToken);
        var after = probe.Read();
        report.Add(After, server, ProcessUsage.ResidentBytes(process.Id) / Megabyte);
        var per = 100_000.0 / Math.Max(1, result.Requests);
        report.Add(Gen0, server, (after.Gen0 - before.Gen0) * per);
        report.Add(Gen1, server, (after.Gen1 - before.Gen1) * per);
        report.Add(Gen2, server, (after.Gen2 - before.Gen2) * per);
        var paused = after.PausedNanoseconds - before.PausedNanoseconds;
        report.Add(Pause, server, after.Gen0 == before.Gen0 ? double.NaN : paused / 1000.0 / (after.Gen0 - before.Gen0));
        report.Add(Paused, server, paused / 10.0 / result.Microseconds);
    }
}
