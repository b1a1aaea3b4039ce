using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LlamaGate.Bench.Processes;

namespace LlamaGate.Bench.Servers;

/// <summary>Knows how each kind of server is started; everything listens on a free port of the loopback.</summary>
/// <param name="places">Where the programs are.</param>
/// <param name="yarpInline">YARP's sockets are served as the gateway's are, and not as it comes.</param>
internal sealed class Launcher(BenchPlaces places, bool yarpInline)
{
    public const string Key = "bench-key";
    private const int LoadCore = 0;
    private const int GatewayCore = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Dictionary<string, string> NoVariables = new(StringComparer.Ordinal);
    private int _count;

    public async Task<Server> UpstreamAsync(CancellationToken cancellationToken)
    {
        var address = FreeAddress();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { [ChildProcess.InlineCompletions] = "1" };
        var process = ChildProcess.Start(
            ["dotnet", places.Emulator, "--port", Text(address.Port)], LoadCore, places.Work, variables);
        return await ReadyAsync(new Server("direct", ServerKind.Direct, address, process, null), cancellationToken);
    }

    public async Task<Server> YarpAsync(string label, IPEndPoint upstream, bool probed, CancellationToken cancellationToken)
    {
        var address = FreeAddress();
        // The gateway's own setting, so that both are compiled for good after the same time.
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_TC_CallCountingDelayMs"] = "1" };
        if (yarpInline)
        {
            variables[ChildProcess.InlineCompletions] = "1";
        }

        var probe = probed ? Hook(variables) : null;
        var process = ChildProcess.Start(
            ["dotnet", places.Yarp, "--urls", $"http://{address}", "--upstream", $"http://{upstream}"],
            GatewayCore, places.Work, variables);
        return await ReadyAsync(new Server(label, ServerKind.Yarp, address, process, probe), cancellationToken);
    }

    public async Task<Server> NginxAsync(IPEndPoint upstream, CancellationToken cancellationToken)
    {
        var address = FreeAddress();
        var configuration = Path.Combine(places.Work, "nginx.conf");
        await File.WriteAllTextAsync(
            configuration, NginxConfiguration.For(address, upstream, places.Work), cancellationToken);
        var process = ChildProcess.Start(
            ["nginx", "-p", places.Work, "-c", configuration, "-e", Path.Combine(places.Work, "nginx.err")],
            GatewayCore, places.Work, NoVariables);
        return await ReadyAsync(new Server("nginx", ServerKind.Nginx, address, process, null), cancellationToken);
    }

    /// <summary>The gateway as shipped: log to a file, key on, a limit that is never reached.</summary>
    public async Task<Server> GatewayAsync(
        GatewayBuild build, IPEndPoint upstream, bool cached, bool probed, CancellationToken cancellationToken)
    {
        var address = FreeAddress();
        var number = Interlocked.Increment(ref _count);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OLLAMA_HOST"] = $"http://{upstream}",
            ["LISTEN_ADDRESS"] = address.Address.ToString(),
            ["PORT"] = Text(address.Port),
            ["API_KEY"] = Key,
            ["RATE_LIMIT_RPS"] = "1000000",
            ["CACHE_ENABLED"] = cached ? "true" : "false",
            ["LOG_FILE"] = Path.Combine(places.Work, $"gateway-{number}.log"),
        };
        var probe = probed ? Hook(variables) : null;
        var process = ChildProcess.Start(build.Command, GatewayCore, places.Work, variables);
        return await ReadyAsync(
            new Server(build.Label, ServerKind.Gateway, address, process, probe), cancellationToken);
    }

    private Probe Hook(Dictionary<string, string> variables)
    {
        var path = Path.Combine(places.Work, $"probe-{Interlocked.Increment(ref _count)}");
        variables["DOTNET_STARTUP_HOOKS"] = places.ProbeHook;
        variables["LLAMAGATE_BENCH_PROBE"] = path;
        return new Probe(path);
    }

    private static async Task<Server> ReadyAsync(Server server, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(server.Address, cancellationToken);
                return server;
            }
            catch (SocketException) when (
                server.Process is { HasExited: false } && Stopwatch.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(1, cancellationToken);
            }
            catch (Exception e)
            {
                var errors = server.Process?.Errors();
                await server.DisposeAsync();
                throw new InvalidOperationException($"{server.Label} did not start: {e.Message}\n{errors}", e);
            }
        }
    }

    private static IPEndPoint FreeAddress()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket.LocalEndPoint as IPEndPoint ?? throw new InvalidOperationException("A bound socket has an address.");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
