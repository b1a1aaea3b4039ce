using LlamaGate.Application.Abstractions;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>
/// The figures of shared hosts for the metrics of one gateway among several. Slots and queue are those of the cluster: only the gateway that
/// holds the scheduler reports them, so that sums over all gateways are right.
/// </summary>
internal sealed class ClusterFigures(SchedulerSeat seat, OllamaHosts hosts) : IHostFigures
{
    public IReadOnlyList<HostFigures> ListHosts() => SchedulerFigures.ListHosts(hosts);

    public IReadOnlyList<RunnerFigures> ListRunners() => seat.Held is { } held ? new SchedulerFigures(held.Shared, hosts).ListRunners() : [];

    public IReadOnlyList<QueueFigures> ListQueues() => seat.Held is { } held ? new SchedulerFigures(held.Shared, hosts).ListQueues() : [];
}
