using System.Diagnostics;
using System.Net;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Sharing.Scenarios;

/// <summary>
/// What a call costs more at three gateways that share a queue than at three that know nothing of each other: the same number of processes
/// with the same load. A slot is always free.
/// </summary>
internal sealed class Replicas : ISharingScenario
{
    private const int Count = 3;
    private const int Clients = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => "replicas";

    public async Task RunAsync(SharingRig rig, SharingReport report, CancellationToken cancellationToken)
    {
        if (rig.IsReal)
        {
            await Console.Error.WriteLineAsync("replicas: measures the gateways' own time, with the emulator");
            return;
        }

        var settings = new StageSettings
        {
            Callers = [.. Enumerable.Range(0, Clients).Select(i => $"team-{i}")],
            Slots = 2 * Clients,
            Load = TimeSpan.FromMilliseconds(100),
            Token = TimeSpan.FromMilliseconds(1),
            PromptRate = 1_000_000,
            IsPinned = false,
        };
        await using var upstream = await rig.UpstreamAsync(settings, cancellationToken);
        var alone = await MeasureAsync(rig, upstream, settings, cancellationToken);
        await using var redis = await rig.RedisAsync(cancellationToken);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["REDIS_URL"] = $"redis://{redis.Address}" };
        var shared = await MeasureAsync(rig, upstream, settings with { Variables = variables }, cancellationToken);

        Add("calls a second, three gateways on their own", alone.Rate);
        Add("calls a second, three replicas", shared.Rate);
        Add("CPU µs a call, three gateways on their own", 1e6 * alone.Cpu);
        Add("CPU µs a call, three replicas", 1e6 * shared.Cpu);
        Add("CPU µs a call more", 1e6 * (shared.Cpu - alone.Cpu), Goal.AtMost(60));
        Add("p50 ms of a call more, one client", 1e3 * (shared.Median - alone.Median), Goal.AtMost(1));
        Add("refused or broken calls", alone.Faults + shared.Faults, Goal.AtMost(0));

        void Add(string figure, double value, Goal? goal = null) => report.Add(Name, figure, isGateway: true, value, goal);
    }

    private static async Task<Figures> MeasureAsync(
        SharingRig rig, EmulatedUpstream upstream, StageSettings settings, CancellationToken cancellationToken)
    {
        var servers = new List<Server>();
        var clients = new List<ChatClient>();
        try
        {
            for (var i = 0; i < Count; i++)
            {
                servers.Add(await rig.GatewayAsync(settings, upstream, cancellationToken));
            }

            await Task.WhenAll(servers.Select(server => WhenReadyAsync(server, cancellationToken)));
            clients.AddRange(servers.Select(server => new ChatClient(server)));
            var scale = rig.Options.Quick ? 1 : 3;
            // Until everything that is called often has been compiled for the last time.
            await AskAsync(clients, settings, Clients, TimeSpan.FromSeconds(25 * scale), cancellationToken);
            var single = await AskAsync(clients, settings, 1, TimeSpan.FromSeconds(4 * scale), cancellationToken);
            var (before, started) = (Cpu(servers), Stopwatch.GetTimestamp());
            var many = await AskAsync(clients, settings, Clients, TimeSpan.FromSeconds(5 * scale), cancellationToken);
            var (seconds, cpu) = (Stopwatch.GetElapsedTime(started).TotalSeconds, Cpu(servers) - before);
            return new Figures(
                many.Length / seconds,
                cpu / many.Length,
                Quantiles.Of(single.Select(one => one.Total), 0.5),
                single.Concat(many).Count(one => one.Ending is not ChatEnding.Finished));
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    /// <summary>Each client asks one gateway after the other.</summary>
    private static async Task<ChatOutcome[]> AskAsync(
        List<ChatClient> clients, StageSettings settings, int count, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(duration);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, count).Select(async number =>
        {
            var call = new ChatCall(settings.Callers[number], EmulatedUpstream.Names[0], 1);
            var own = new List<ChatOutcome>();
            for (var i = number; !over.IsCancellationRequested; i++)
            {
                own.Add(await clients[i % clients.Count].AskAsync(call, cancellationToken));
            }

            return own;
        }));
        return [.. outcomes.SelectMany(own => own)];
    }

    private static double Cpu(List<Server> servers) => servers.Sum(server => server.CpuNanoseconds()) / 1e9;

    private static async Task WhenReadyAsync(Server server, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        using var http = new HttpClient { BaseAddress = new Uri($"http://{server.Address}") };
        while (true)
        {
            using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative), limit.Token);
            if (answer.StatusCode is HttpStatusCode.OK)
            {
                return;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    /// <param name="Rate">Calls a second.</param>
    /// <param name="Cpu">Seconds of all gateways for a call.</param>
    /// <param name="Median">Seconds of a call while it is the only one.</param>
    /// <param name="Faults">Calls that were not answered.</param>
    private sealed record Figures(double Rate, double Cpu, double Median, int Faults);
}
