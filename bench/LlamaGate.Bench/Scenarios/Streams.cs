using System.Globalization;
using LlamaGate.Bench.Load;
using LlamaGate.Bench.Processes;
using LlamaGate.Bench.Report;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Scenarios;

/// <summary>Streams at a model's pace: what the server adds to the first token and to each further one.</summary>
internal sealed class Streams(int count) : IScenario
{
    private const int GapMilliseconds = 50;
    private const double Megabyte = 1024 * 1024;
    private static readonly Figure First = new("first-p50", "first token p50 µs", 0, Compare.None);
    private static readonly Figure FirstAdded =
        new("first-added-p50", "added to the first token, p50 µs", 0) { Column = "added" };
    private static readonly Figure FirstAdded99 =
        new("first-added-p99", "added to the first token, p99 µs", 0) { Column = "added p99" };
    private static readonly Figure Token = new("token-p50", "token p50 µs", 0, Compare.None);
    private static readonly Figure TokenAdded =
        new("token-added-p50", "added to each further token, p50 µs", 0) { Column = "added" };
    private static readonly Figure TokenAdded99 =
        new("token-added-p99", "added to each further token, p99 µs", 0) { Column = "added p99" };
    private static readonly Figure Cpu = new("cpu", "CPU µs/token", 1, Compare.Yarps);
    private static readonly Figure Resident = new("rss", "RSS MB", 0, Compare.None);

    public string Name => string.Create(CultureInfo.InvariantCulture, $"streams-{count}");

    public string Title => string.Create(
        CultureInfo.InvariantCulture, $"{count:#,0} streams of {1000 / GapMilliseconds} tokens a second");

    public async Task RunAsync(Rig rig, ScenarioReport report, CancellationToken cancellationToken)
    {
        var (rounds, seconds) = rig.Options.Quick ? (1, 1.3) : (3, 2.4);
        foreach (var server in rig.Servers)
        {
            await WarmUpAsync(server, rig.Options.Quick ? 1 : 12, cancellationToken);
        }

        for (var round = 0; round < rounds; round++)
        {
            Measured? direct = null;
            foreach (var server in rig.Servers)
            {
                var measured = await MeasureAsync(server, count, seconds, cancellationToken);
                direct ??= server.Kind == ServerKind.Direct ? measured : null;
                Note(report, server, measured, direct);
            }
        }
    }

    /// <summary>Thousands of tokens in little time, again and again until the way of a token is compiled for good.</summary>
    private static async Task WarmUpAsync(Server server, int most, CancellationToken cancellationToken)
    {
        var body = ChatBodies.Text("bench:paced-400_gap-1ms", 200, stream: true);
        var steady = new SteadyState(leastRequests: 0);
        for (var pass = 0; pass < most && !steady.IsReached; pass++)
        {
            var (cpu, compiled) = (server.CpuNanoseconds(), server.CompiledMethods());
            using var load = new PacedStreams(server.Address, server.Post(body), count: 20) { Ramp = TimeSpan.FromSeconds(0.1) };
            await await load.BeginAsync(cancellationToken);
            steady.Add(server.CpuNanoseconds() - cpu, requests: 20, server.CompiledMethods() - compiled);
        }
    }

    private static async Task<Measured> MeasureAsync(
        Server server, int streams, double seconds, CancellationToken cancellationToken)
    {
        var ramp = TimeSpan.FromSeconds(Math.Max(0.4, streams / 500.0));
        var tokens = (int)((ramp.TotalSeconds + seconds) * 1000 / GapMilliseconds);
        var model = string.Create(CultureInfo.InvariantCulture, $"bench:paced-{tokens}_gap-{GapMilliseconds}ms");
        using var load = new PacedStreams(server.Address, server.Post(ChatBodies.Text(model, 200, stream: true)), streams)
        {
            Ramp = ramp,
            TokensEach = tokens,
        };
        var reading = await load.BeginAsync(cancellationToken);

        // All are open, none has ended: only here a token's share of CPU is a stream's steady state.
        var (cpu, before) = (server.CpuNanoseconds(), load.Tokens);
        await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(seconds * 0.8), cancellationToken));
        var cpuPerToken = (server.CpuNanoseconds() - cpu) / 1000.0 / Math.Max(1, load.Tokens - before);
        var resident = server.Process is { } process ? ProcessUsage.ResidentBytes(process.Id) : 0;
        var broken = await reading.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
        var (first, delays) = load.Times();
        return new Measured(first, delays, cpuPerToken, resident, broken);
    }

    private static void Note(ScenarioReport report, Server server, Measured measured, Measured? direct)
    {
        if (measured.Broken > 0)
        {
            report.Faults.Add($"{server.Label}: {measured.Broken} streams did not come whole");
        }

        var isDirect = server.Kind == ServerKind.Direct;
        report.Add(First, server, measured.First.Microseconds(0.5));
        report.Add(FirstAdded, server, Added(measured, direct, m => m.First, 0.5));
        report.Add(FirstAdded99, server, Added(measured, direct, m => m.First, 0.99));
        report.Add(Token, server, measured.Delays.Microseconds(0.5));
        report.Add(TokenAdded, server, Added(measured, direct, m => m.Delays, 0.5));
        report.Add(TokenAdded99, server, Added(measured, direct, m => m.Delays, 0.99));
        report.Add(Cpu, server, isDirect ? double.NaN : measured.CpuPerToken);
        report.Add(Resident, server, isDirect ? double.NaN : measured.Resident / Megabyte);
    }

    /// <summary>What is more than without anything between; NaN for that itself, and when it was not measured.</summary>
    private static double Added(Measured measured, Measured? direct, Func<Measured, Histogram> of, double share) =>
        direct is null || ReferenceEquals(direct, measured)
            ? double.NaN
            : of(measured).Microseconds(share) - of(direct).Microseconds(share);

    private sealed record Measured(Histogram First, Histogram Delays, double CpuPerToken, long Resident, int Broken);
}
