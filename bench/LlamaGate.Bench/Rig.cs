using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench;

/// <summary>What a run has: its options and the servers that are up from its start to its end.</summary>
internal sealed class Rig(BenchOptions options, BenchPlaces places) : IAsyncDisposable
{
    private static readonly (string Label, ServerKind Kind)[] AllYarps =
        [("yarp", ServerKind.Yarp), ("yarp-again", ServerKind.Yarp), ("yarp-inline", ServerKind.YarpInline)];

    private readonly List<Server> _servers = [];

    public BenchOptions Options => options;

    public BenchPlaces Places => places;

    public Launcher Launcher { get; } = new(places);

    public Server Upstream => _servers[0];

    /// <summary>All there are: the upstream itself, the yardsticks, and the gateways.</summary>
    public IReadOnlyList<Server> Servers => [.. _servers.Where(server => Wants(server.Label))];

    /// <summary>Without those in a second configuration: for what takes long and is not gated.</summary>
    public IReadOnlyList<Server> Main => [.. Servers.Where(server => !server.IsVariant)];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _servers.Add(await Launcher.UpstreamAsync(cancellationToken));
        if (Wants("nginx") && IsInstalled("nginx"))
        {
            _servers.Add(await Launcher.NginxAsync(Upstream.Address, cancellationToken));
        }

        foreach (var (label, kind) in AllYarps.Where(yarp => Wants(yarp.Label)))
        {
            _servers.Add(await Launcher.YarpAsync(label, kind, Upstream.Address, probed: true, cancellationToken));
        }

        foreach (var build in options.Gateways)
        {
            foreach (var kind in Configurations())
            {
                _servers.Add(await Launcher.GatewayAsync(build, kind, Upstream.Address, probed: true, cancellationToken));
            }
        }
    }

    /// <summary>
    /// How YARP and each gateway are started anew, in their first configuration; those are the ones whose inside can be
    /// looked at. A quick run does without the second YARP: what is measured here spreads little.
    /// </summary>
    public IReadOnlyList<ServerStart> Fresh() =>
    [
        .. AllYarps.Take(options.Quick ? 1 : 2).Where(yarp => Wants(yarp.Label)).Select(yarp =>
            (ServerStart)((probed, cancellationToken) =>
                Launcher.YarpAsync(yarp.Label, yarp.Kind, Upstream.Address, probed, cancellationToken))),
        .. options.Gateways.Select(build => (ServerStart)((probed, cancellationToken) =>
            Launcher.GatewayAsync(build, ServerKind.Gateway, Upstream.Address, probed, cancellationToken))),
    ];

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Enumerable.Reverse(_servers))
        {
            await server.DisposeAsync();
        }
    }

    private ServerKind[] Configurations() =>
        options.CacheOff ? [ServerKind.Gateway, ServerKind.GatewayCacheOff] : [ServerKind.Gateway];

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(directory => File.Exists(Path.Combine(directory, program)));

    private bool Wants(string label) => !options.Skip.Contains(label, StringComparer.Ordinal);
}
