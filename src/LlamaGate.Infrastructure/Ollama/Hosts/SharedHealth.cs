using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Health;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>Healthy while one of several hosts is. The probes' results are used unless they are too old.</summary>
internal sealed class SharedHealth(OllamaHosts hosts, TimeProvider timeProvider) : IUpstreamHealth
{
    /// <summary>Older results are renewed.</summary>
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(2);

    /// <summary>Maximum duration of a check.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    public string DisplayAddress => hosts.All[0].Host.Server.DisplayAddress;

    public async Task<UpstreamHealth> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RenewAsync(cancellationToken).WaitAsync(Limit, timeProvider, cancellationToken);
        }
        catch (TimeoutException)
        {
            // What is known now is the result.
        }

        return hosts.All.Any(IsGood)
            ? UpstreamHealth.Connected
            : new UpstreamHealth(hosts.All[0].Host.Health.Fault ?? hosts.NoHost().Message);
    }

    public IReadOnlyList<HostStatus>? ListHosts() => [.. hosts.All.Select(probed => ToStatus(probed.Host))];

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        await hosts.WhenProbedAsync(cancellationToken);
        if (hosts.All.Any(probed => IsGood(probed) && probed.Probe.Age <= Validity))
        {
            return;
        }

        await ProbeAsync(hosts.Live, cancellationToken);
        if (!hosts.All.Any(IsGood))
        {
            await ProbeAsync(hosts.All, cancellationToken);
        }
    }

    private static Task ProbeAsync(IReadOnlyList<ProbedHost> probed, CancellationToken cancellationToken) =>
        Task.WhenAll(probed.Select(one => one.Probe.RunAsync(cancellationToken)));

    private static bool IsGood(ProbedHost probed) => probed.Host is { State: HostState.Up, Health.Fault: null };

    /// <summary>What can be shown to anyone.</summary>
    public static HostStatus ToStatus(SharedHost host) => new()
    {
        Name = host.Name,
        Address = host.Server.DisplayAddress,
        State = host.State.ToWord(),
        Version = host.Version,
        Models = host.Models?.All.Count ?? 0,
        Running = host.Load.Total,
        Loaded = [.. (host.Runners?.All ?? []).Select(runner => runner.Name)],
        Fault = host.Health.Fault,
        Foreign = host.Foreign is { } foreign ? new ForeignUse(foreign.Model, foreign.SeenAt) : null,
    };
}
