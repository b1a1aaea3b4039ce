using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LlamaGate.Bench.Processes;

namespace LlamaGate.Bench.Servers;

/// <summary>Knows how each kind of server is started; everything listens on a free port of the loopback.</summary>
/// <param name="places">Where the programs are.</param>
internal sealed class Launcher(BenchPlaces places)
{
    private const string LoadCore = "0";
    private const string GatewayCore = "1";
    private const string BothCores = "0,1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Dictionary<string, string> NoVariables = new(StringComparer.Ordinal);
    private int _count;

    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="arguments">Of the emulator, besides its port.</param>
    public async Task<Server> UpstreamAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        var address = FreeAddress();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { [ChildProcess.InlineCompletions] = "1" };
        var process = ChildProcess.Start(
            ["dotnet", places.Emulator, "--port", Text(address.Port), .. arguments], LoadCore, places.Work, variables);
        return await ReadyAsync(new Server("direct", ServerKind.Direct, address, process, null), cancellationToken);
    }

    /// <param name="label">Its name in the tables.</param>
    /// <param name="kind"><see cref="ServerKind.Yarp"/> or <see cref="ServerKind.YarpInline"/>.</param>
    /// <param name="upstream">Where it forwards to.</param>
    /// <param name="probed">Whether its memory can be looked into.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<Server> YarpAsync(
        string label, ServerKind kind, IPEndPoint upstream, bool probed, CancellationToken cancellationToken)
    {
        var address = FreeAddress();
        var variables = YarpVariables.For(kind == ServerKind.YarpInline);
        var probe = probed ? Hook(variables) : null;
        var process = ChildProcess.Start(
            ["dotnet", places.Yarp, "--urls", $"http://{address}", "--upstream", $"http://{upstream}"],
            GatewayCore, places.Work, variables);
        return await ReadyAsync(new Server(label, kind, address, process, probe), cancellationToken);
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

    public Task<Server> RedisAsync(CancellationToken cancellationToken)
    {
        var address = FreeAddress();
        var process = ChildProcess.Start(
            ["redis-server", "--bind", "127.0.0.1", "--port", Text(address.Port), "--save", string.Empty, "--appendonly", "no"],
            LoadCore, places.Work, NoVariables);
        return ReadyAsync(new Server("redis", ServerKind.Direct, address, process, null), cancellationToken);
    }

    /// <param name="build">Which gateway.</param>
    /// <param name="kind"><see cref="ServerKind.Gateway"/> or <see cref="ServerKind.GatewayCacheOff"/>.</param>
    /// <param name="upstream">What stands for Ollama.</param>
    /// <param name="probed">Whether its memory can be looked into.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="more">Variables besides, or in place of, those that every gateway has.</param>
    /// <param name="isPinned">False: it may use the load's core too.</param>
    public async Task<Server> GatewayAsync(
        GatewayBuild build,
        ServerKind kind,
        IPEndPoint upstream,
        bool probed,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? more = null,
        bool isPinned = true)
    {
        var address = FreeAddress();
        var isCacheOn = kind == ServerKind.Gateway;
        var log = Path.Combine(places.Work, $"gateway-{Interlocked.Increment(ref _count)}.log");
        var variables = GatewayVariables.For(address, upstream, log, isCacheOn);
        foreach (var (name, value) in more ?? NoVariables)
        {
            variables[name] = value;
        }

        var probe = probed ? Hook(variables) : null;
        var process = ChildProcess.Start(build.Command, isPinned ? GatewayCore : BothCores, places.Work, variables);
        var label = isCacheOn ? build.Label : $"{build.Label} (cache off)";
        return await ReadyAsync(new Server(label, kind, address, process, probe), cancellationToken);
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
