using LlamaGate.Application.Abstractions;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>A host that is not shared has no queue, no known slots and no probes.</summary>
internal sealed class NoHostFigures : IHostFigures
{
    public IReadOnlyList<HostFigures> ListHosts() => [];

    public IReadOnlyList<RunnerFigures> ListRunners() => [];

    public IReadOnlyList<QueueFigures> ListQueues() => [];
}
