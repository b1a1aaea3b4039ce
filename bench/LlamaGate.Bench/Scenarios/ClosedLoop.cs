using LlamaGate.Bench.Processes;
using LlamaGate.Bench.Report;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Scenarios;

/// <summary>wrk in short rounds, one server after the other, again and again.</summary>
internal sealed record ClosedLoop(string Name, string Title, Func<Server, byte[]> Body) : IScenario
{
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(0.7);
    private const int LeastWarmUp = 20_000;
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(0.7);
    private static readonly Figure PerSecond = new("rps", "requests/s", 0, Compare.Both);
    private static readonly Figure Cpu = new("cpu", "CPU µs/request", 1, Compare.Yarps);
    private static readonly Figure Allocated = new("allocated", "allocated B/request", 0, Compare.None);
    private static readonly Figure P50 = new("p50", "p50 µs", 0, Compare.None);
    private static readonly Figure P99 = new("p99", "p99 µs", 0, Compare.None);
    private static readonly Figure Chunks = new("chunks", "chunks/s", 0, Compare.Both);
    private static readonly Figure ChunksPerCpu = new("chunks-per-cpu-second", "chunks per CPU second", 0, Compare.Yarps);
    private static readonly Figure CpuPerChunk = new("cpu", "CPU µs/chunk", 3, Compare.Yarps);
    private static readonly Figure AllocatedPerChunk = new("allocated", "allocated B/chunk", 1, Compare.None);

    public int Connections { get; init; } = 64;

    /// <summary>Tokens of each answer when the answers are streams; 0: the answers are plain.</summary>
    public int Tokens { get; init; }

    /// <summary>Seconds of measuring for each server: quick, full.</summary>
    public (double Quick, double Full) Seconds { get; init; } = (0.8, 6);

    /// <summary>The most passes of warming up: quick, full.</summary>
    public (int Quick, int Full) WarmUps { get; init; } = (1, 4);

    public int QuickRounds { get; init; } = 2;

    /// <summary>
    /// All requests are equal: measured with the servers that have a cache, and with those they are compared with.
    /// </summary>
    public bool IsRepeated { get; init; }

    public async Task RunAsync(Rig rig, ScenarioReport report, CancellationToken cancellationToken)
    {
        var servers = rig.Servers.Where(server => !IsRepeated || server.Kind is
            ServerKind.Yarp or ServerKind.YarpInline or ServerKind.Gateway).ToArray();
        var total = rig.Options.Time ?? TimeSpan.FromSeconds(rig.Options.Quick ? Seconds.Quick : Seconds.Full);
        var rounds = rig.Options.Quick ? QuickRounds : Math.Max(3, (int)(total / RoundTime));

        await WarmUpAsync(rig, servers, rig.Options.Quick ? WarmUps.Quick : WarmUps.Full, cancellationToken);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var server in Rotation.Of(servers, round))
            {
                await RunAsync(rig, server, total / rounds, report, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Until a request costs no less than before and the compiler rests: the runtime compiles again what is used often, and does so
    /// beside the requests.
    /// </summary>
    private async Task WarmUpAsync(Rig rig, IReadOnlyList<Server> servers, int most, CancellationToken cancellationToken)
    {
        var warming = servers.Select(server => (Server: server, Steady: new SteadyState(LeastWarmUp))).ToList();
        for (var pass = 0; pass < most && warming.Count > 0; pass++)
        {
            foreach (var (server, steady) in warming)
            {
                var before = server.CompiledMethods();
                var (cpu, requests) = await RunAsync(rig, server, WarmUpTime, report: null, cancellationToken);
                steady.Add((double)cpu / Math.Max(1, requests), requests, server.CompiledMethods() - before);
            }

            warming.RemoveAll(one => one.Steady.IsReached || one.Server.Kind is ServerKind.Direct or ServerKind.Nginx);
        }
    }

    private async Task<(long Cpu, long Requests)> RunAsync(
        Rig rig, Server server, TimeSpan time, ScenarioReport? report, CancellationToken cancellationToken)
    {
        var file = Path.Combine(rig.Places.Work, "body.json");
        await File.WriteAllBytesAsync(file, Body(server), cancellationToken);
        var memory = server.Probe?.Read();
        var cpu = server.CpuNanoseconds();
        var result = await Wrk.RunAsync(rig.Places, server, file, Connections, time, cancellationToken);
        cpu = server.CpuNanoseconds() - cpu;
        var allocated = server.Probe is { } probe ? probe.Read().Allocated - memory?.Allocated : null;
        if (result.Refused > 0 || result.Broken > 0 || result.Requests == 0)
        {
            report?.Faults.Add($"{server.Label}: {result.Requests} answers, {result.Refused} refused, {result.Broken} broken");
        }

        if (report is not null && result.Requests > 0)
        {
            Note(report, server, result, cpu, allocated ?? double.NaN);
        }

        return (cpu, result.Requests);
    }

    private void Note(ScenarioReport report, Server server, WrkResult result, double cpu, double allocated)
    {
        cpu = server.Kind == ServerKind.Direct ? double.NaN : cpu;
        if (Tokens > 0)
        {
            var chunks = (double)result.Requests * Tokens;
            report.Add(Chunks, server, result.PerSecond * Tokens);
            report.Add(ChunksPerCpu, server, chunks / (cpu / 1e9));
            report.Add(CpuPerChunk, server, cpu / 1000 / chunks);
            report.Add(AllocatedPerChunk, server, allocated / chunks);
            return;
        }

        report.Add(PerSecond, server, result.PerSecond);
        report.Add(Cpu, server, cpu / 1000 / result.Requests);
        report.Add(Allocated, server, allocated / result.Requests);
        report.Add(P50, server, result.P50);
        report.Add(P99, server, result.P99);
    }
}
