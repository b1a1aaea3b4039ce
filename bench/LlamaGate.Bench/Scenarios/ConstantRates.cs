using LlamaGate.Bench.Load;
using LlamaGate.Bench.Report;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Scenarios;

/// <summary>Latencies at a rate that the load decides, not the server.</summary>
internal sealed class ConstantRates(int perSecond) : IScenario
{
    private static readonly Figure P50 = new("p50", "p50 µs", 0, Compare.Both);
    private static readonly Figure P90 = new("p90", "p90 µs", 0, Compare.None);
    private static readonly Figure P99 = new("p99", "p99 µs", 0, Compare.Both);
    private static readonly Figure P999 = new("p99.9", "p99.9 µs", 0, Compare.None);
    private static readonly Figure Cpu = new("cpu", "CPU µs/request");
    private const int WarmUpPerSecond = 3000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.7);

    public string Name => $"constant-{perSecond}";

    public string Title => $"Constant rate, {perSecond:#,0} requests a second, 200 B";

    public async Task RunAsync(Rig rig, ScenarioReport report, CancellationToken cancellationToken)
    {
        var (rounds, time) = rig.Options.Quick ? (2, TimeSpan.FromSeconds(0.7)) : (3, TimeSpan.FromSeconds(1.5));
        foreach (var server in rig.Main)
        {
            await Load(server, WarmUpPerSecond, WarmUp).RunAsync(cancellationToken);
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var server in Rotation.Of(rig.Main, round))
            {
                var cpu = server.CpuNanoseconds();
                var result = await Load(server, perSecond, time).RunAsync(cancellationToken);
                Note(report, server, result, server.CpuNanoseconds() - cpu);
            }
        }
    }

    private static void Note(ScenarioReport report, Server server, RateResult result, double cpu)
    {
        if (result.Failed > 0)
        {
            report.Faults.Add($"{server.Label}: {result.Failed} requests without an answer of status 200");
        }

        report.Add(P50, server, result.Latencies.Microseconds(0.5));
        report.Add(P90, server, result.Latencies.Microseconds(0.9));
        report.Add(P99, server, result.Latencies.Microseconds(0.99));
        report.Add(P999, server, result.Latencies.Microseconds(0.999));
        report.Add(
            Cpu, server, server.Kind == ServerKind.Direct ? double.NaN : cpu / 1000 / Math.Max(1, result.Latencies.Count));
    }

    private static ConstantRate Load(Server server, int rate, TimeSpan time) => new(
        server.Address, server.Post(ChatBodies.Text("bench:plain-20", 200)), rate, time);
}
