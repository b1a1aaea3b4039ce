using System.Globalization;
using System.Net.Http.Json;
using LlamaGate.Bench.Load;
using LlamaGate.Bench.Report;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Scenarios;

/// <summary>The client leaves; how soon does the upstream know?</summary>
internal sealed class Cancels : IScenario
{
    private const int Batch = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(3);

    private static readonly Kind[] Kinds =
    [
        new("mid", "mid-stream", "bench:paced-1000_gap-20ms", Stream: true, AwaitsToken: true),
        new("first", "before the first token", "bench:paced-10_first-60000ms", Stream: true, AwaitsToken: false),
        new("plain", "plain", "bench:plain-20_first-60000ms", Stream: false, AwaitsToken: false),
    ];

    public string Name => "cancel";

    public string Title => "The client leaves: milliseconds until the upstream sees it";

    public async Task RunAsync(Rig rig, ScenarioReport report, CancellationToken cancellationToken)
    {
        var batches = rig.Options.Quick ? 1 : 10;
        using var control = new HttpClient { BaseAddress = new Uri($"http://{rig.Upstream.Address}/_emulator/bench") };
        foreach (var server in rig.Main)
        {
            // The first are for the compiler.
            foreach (var kind in Kinds)
            {
                await LeaveAsync(server, kind, control, cancellationToken);
            }

            foreach (var kind in Kinds)
            {
                var delays = new Histogram();
                for (var i = 0; i < batches; i++)
                {
                    foreach (var delay in await LeaveAsync(server, kind, control, cancellationToken))
                    {
                        delays.Record(delay);
                    }
                }

                report.Add(kind.P50, server, delays.Quantile(0.5) / 1e6);
                report.Add(kind.P99, server, delays.Quantile(0.99) / 1e6);
                report.Add(kind.Seen, server, 100.0 * delays.Count / (batches * Batch));
            }
        }
    }

    /// <summary>The delays of those aborts that the upstream saw.</summary>
    private static async Task<IReadOnlyList<long>> LeaveAsync(
        Server server, Kind kind, HttpClient control, CancellationToken cancellationToken)
    {
        await control.DeleteAsync(string.Empty, cancellationToken);
        var open = new List<HttpConnection>();
        var left = new Dictionary<string, long>(StringComparer.Ordinal);
        try
        {
            for (var i = 0; i < Batch; i++)
            {
                open.Add(await OpenAsync(server, kind, i, cancellationToken));
            }

            await UntilAsync(control, log => log.Arrived.Count == Batch, cancellationToken);
            for (var i = 0; i < Batch; i++)
            {
                left[Id(i)] = Clock.Now;
                open[i].Dispose();
                await Task.Delay(Apart, cancellationToken);
            }

            var seen = await UntilAsync(control, log => log.Aborted.Count == Batch, cancellationToken);
            return [.. seen.Aborted.Select(abort => abort.Value - left[abort.Key])];
        }
        finally
        {
            open.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task<HttpConnection> OpenAsync(
        Server server, Kind kind, int number, CancellationToken cancellationToken)
    {
        var hasToken = false;
        var reader = new ResponseReader(_ => hasToken = true);
        var connection = await HttpConnection.OpenAsync(server.Address, reader, cancellationToken);
        var body = ChatBodies.Text($"{kind.Model}_id-{Id(number)}", 220, kind.Stream);
        connection.Send(new NumberedRequest(server.Post(body)).Next());
        while (kind.AwaitsToken && !hasToken && await connection.ReceiveAsync(cancellationToken))
        {
            // Headers may come alone.
        }

        return connection;
    }

    /// <summary>The upstream's log when it is as it should be, or as it is when patience is over.</summary>
    private static async Task<Log> UntilAsync(HttpClient control, Func<Log, bool> isThere, CancellationToken cancellationToken)
    {
        var deadline = Clock.Now + Clock.Nanoseconds(Patience);
        while (true)
        {
            var log = await control.GetFromJsonAsync<Log>(string.Empty, cancellationToken)
                ?? throw new InvalidDataException("The upstream's log is empty.");
            if (isThere(log) || Clock.Now > deadline)
            {
                return log;
            }

            await Task.Delay(5, cancellationToken);
        }
    }

    private static string Id(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Log(Dictionary<string, long> Arrived, Dictionary<string, long> Aborted);

    private sealed record Kind(string Key, string Title, string Model, bool Stream, bool AwaitsToken)
    {
        public Figure P50 { get; } = new($"{Key}-p50", $"{Title}, p50 ms", 2, Compare.None);

        public Figure P99 { get; } = new($"{Key}-p99", $"{Title}, p99 ms", 2, Compare.None) { Column = "p99" };

        public Figure Seen { get; } = new($"{Key}-seen", $"{Title}, seen %", 0, Compare.None) { Column = "seen %" };
    }
}
