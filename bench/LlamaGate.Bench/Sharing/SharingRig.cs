using System.Globalization;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Sharing;

/// <summary>Sets up one side of a scenario after the other, each with an upstream of its own that has done nothing yet.</summary>
internal sealed class SharingRig(SharingOptions options)
{
    private readonly Launcher _launcher = new(new BenchPlaces(options.Root, options.Work));

    public SharingOptions Options => options;

    /// <summary>Whether OLLAMA names the upstream; times are its own then.</summary>
    public bool IsReal => options.Real is not null;

    /// <summary>Direct, then through the gateway; each gets its own upstream.</summary>
    public async Task BothAsync(StageSettings settings, Func<Stage, Task> run, CancellationToken cancellationToken)
    {
        foreach (var isGateway in new[] { false, true })
        {
            await using var stage = await StageAsync(settings, isGateway, cancellationToken);
            await run(stage);
        }
    }

    public async Task<Stage> StageAsync(StageSettings settings, bool isGateway, CancellationToken cancellationToken)
    {
        if (options.Real is { } real)
        {
            var upstream = await RealUpstream.OpenAsync(real, cancellationToken);
            return isGateway
                ? new Stage(upstream, await GatewayAsync(settings, upstream, cancellationToken), isOwned: true)
                : new Stage(upstream, new Server("direct", ServerKind.Direct, upstream.Address, null, null), isOwned: true);
        }

        var server = await _launcher.UpstreamAsync(cancellationToken, EmulatedUpstream.Arguments(settings));
        var emulator = new EmulatedUpstream(server);
        return isGateway
            ? new Stage(emulator, await GatewayAsync(settings, emulator, cancellationToken), isOwned: true)
            : new Stage(emulator, server, isOwned: false);
    }

    /// <summary>An emulator of its own.</summary>
    public async Task<EmulatedUpstream> UpstreamAsync(StageSettings settings, CancellationToken cancellationToken) =>
        new(await _launcher.UpstreamAsync(cancellationToken, EmulatedUpstream.Arguments(settings)));

    /// <summary>A Redis server that keeps nothing on disk.</summary>
    public Task<Server> RedisAsync(CancellationToken cancellationToken) => _launcher.RedisAsync(cancellationToken);

    /// <summary>A gateway in front of an upstream.</summary>
    public async Task<Server> GatewayAsync(StageSettings settings, IUpstream upstream, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string>(settings.Variables, StringComparer.Ordinal)
        {
            ["KEYS_FILE"] = await SharingKeys.WriteAsync(options.Work, settings.Callers, cancellationToken),
            ["SLOTS"] = (options.Real?.Slots ?? settings.Slots).ToString(CultureInfo.InvariantCulture),
            ["QUEUE_MAX"] = "20000",
        };
        return await _launcher.GatewayAsync(
            options.Gateway, ServerKind.Gateway, upstream.Address, settings.IsProbed, cancellationToken, variables, settings.IsPinned);
    }
}
