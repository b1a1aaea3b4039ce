namespace LlamaGate.Application.Abstractions;

/// <summary>The gateways that act as one.</summary>
public interface ICluster
{
    /// <summary>The cluster as this gateway sees it now; null when it works alone (REDIS_URL is not set). Cheap.</summary>
    ClusterState? State { get; }

    /// <summary>The address of the member that holds the queue of all gateways; null when it is not known.</summary>
    ValueTask<string?> FindSchedulerAsync(CancellationToken cancellationToken);
}
