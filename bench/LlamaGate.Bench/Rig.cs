using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench;

/// <summary>What a run has: its options and the servers that are up from its start to its end.</summary>
internal sealed class Rig(BenchOptions options, BenchPlaces places) : IAsyncDisposable
{
    private static readonly string[] EqualYarps = ["yarp", "yarp-again"];
    private readonly List<Server> _servers = [];

    public BenchOptions Options => options;

    public BenchPlaces Places => places;

    public Launcher Launcher { get; } = new(places, options.YarpInline);

    public Server Upstream => _servers[0];

    /// <summary>All there are: the upstream itself, the yardsticks, and the gateways with their cache off.</summary>
    public IReadOnlyList<Server> Servers =>
        [.. _servers.Where(server => !options.Skip.Contains(server.Label, StringComparer.Ordinal))];

    public IEnumerable<Server> Yarps => Servers.Where(server => server.Kind == ServerKind.Yarp);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _servers.Add(await Launcher.UpstreamAsync(cancellationToken));
        if (Wants("nginx") && IsInstalled("nginx"))
        {
            _servers.Add(await Launcher.NginxAsync(Upstream.Address, cancellationToken));
        }

        foreach (var label in EqualYarps.Where(Wants))
        {
            _servers.Add(await Launcher.YarpAsync(label, Upstream.Address, probed: true, cancellationToken));
        }

        foreach (var build in options.Gateways)
        {
            _servers.Add(await Launcher.GatewayAsync(
                build, Upstream.Address, cached: false, probed: true, cancellationToken));
        }
    }

    /// <summary>A gateway's server of a scenario's own, with its cache on.</summary>
    public Task<Server> CachedAsync(GatewayBuild build, CancellationToken cancellationToken) =>
        Launcher.GatewayAsync(build, Upstream.Address, cached: true, probed: true, cancellationToken);

    /// <summary>
    /// How YARP and each gateway are started anew; those are the ones whose inside can be looked at. A quick run does
    /// without the second YARP: what is measured here spreads little.
    /// </summary>
    public IReadOnlyList<ServerStart> Fresh() =>
    [
        .. EqualYarps.Take(options.Quick ? 1 : 2).Where(Wants).Select(label => (ServerStart)((probed, cancellationToken) =>
            Launcher.YarpAsync(label, Upstream.Address, probed, cancellationToken))),
        .. options.Gateways.Select(build => (ServerStart)((probed, cancellationToken) =>
            Launcher.GatewayAsync(build, Upstream.Address, cached: false, probed, cancellationToken))),
    ];

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Enumerable.Reverse(_servers))
        {
            await server.DisposeAsync();
        }
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(directory => File.Exists(Path.Combine(directory, program)));

    private bool Wants(string label) => !options.Skip.Contains(label, StringComparer.Ordinal);
}
