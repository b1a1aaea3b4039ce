using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>What the scheduler of a cluster has to know beyond its calls.</summary>
internal interface IDeskSurroundings
{
    /// <summary>Names of the hosts that an administrator drains.</summary>
    IReadOnlyList<string> Drained { get; }

    /// <summary>The hosts, as <see cref="HostComparison.Describe"/> writes them.</summary>
    IReadOnlyList<string> Hosts { get; }

    /// <summary>The gateways that work, by the ids with which they join.</summary>
    IReadOnlyCollection<string> Working { get; }

    /// <summary>Whether a gateway is known to have ended.</summary>
    bool HasEnded(string replica);

    /// <summary>A call arrives: what the scheduler calls its model, and what the operator says about it.</summary>
    (string Key, ModelRule Rule) Resolve(CallMessage call);

    /// <summary>See <see cref="SharedScheduler.NoteForeign"/>.</summary>
    void NoteForeign(string host, string model, TimeSpan duration);
}
