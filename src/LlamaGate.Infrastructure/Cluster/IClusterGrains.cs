using Orleans;
using Orleans.Runtime;

namespace LlamaGate.Infrastructure.Cluster;

/// <summary>The way to the cluster's grains, for the parts of the product that live in them.</summary>
internal interface IClusterGrains
{
    /// <summary>Null until this gateway has joined, and again when it has left.</summary>
    SiloGrains? Current { get; }

    /// <summary>Ends when this gateway has joined.</summary>
    Task<SiloGrains> WaitAsync(CancellationToken cancellationToken);
}

/// <summary>The grains of a cluster of which this gateway is a member.</summary>
/// <param name="Factory">Makes references to grains, for calls from anywhere in the process.</param>
/// <param name="Address">This gateway's own silo.</param>
/// <param name="Membership">The silos that are alive.</param>
internal sealed record SiloGrains(IGrainFactory Factory, SiloAddress Address, IClusterMembershipService Membership);
