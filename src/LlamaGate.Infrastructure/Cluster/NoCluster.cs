using LlamaGate.Application.Abstractions;

namespace LlamaGate.Infrastructure.Cluster;

/// <summary>The gateway works alone.</summary>
internal sealed class NoCluster : ICluster
{
    public ClusterState? State => null;

    public ValueTask<string?> FindSchedulerAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);
}
