namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>The gateway whose calls a <see cref="ClusterLink"/> serves. Everything is called within the link's gate.</summary>
internal interface IClusterLinkUser
{
    /// <summary>All that a new scheduler must know.</summary>
    IEnumerable<ReplicaEvent> Announce();

    void CarryOut(ReplicaDecision decision);

    /// <param name="isTight">Whether the end of a call may make room that another one needs.</param>
    void NoteRoom(bool isTight);

    void Take(SessionNews news);
}
