namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>The gateway whose calls a <see cref="ClusterLink"/> serves. Everything is called within the link's gate.</summary>
internal interface IClusterLinkUser
{
    /// <summary>All that a new scheduler must know.</summary>
    IEnumerable<ReplicaEvent> Announce();

    void CarryOut(ReplicaDecision decision);

    void Take(SessionNews news);
}
