using LlamaGate.Api.Configuration.Files;

namespace LlamaGate.Api.Configuration;

/// <summary>What the files of CLUSTER_CERTIFICATE and CLUSTER_CA contained when they were read.</summary>
/// <param name="Paths">Both.</param>
/// <param name="Stamp">Differs when the content or a fault differs.</param>
/// <param name="Identity">Null when one of the files cannot be used.</param>
/// <param name="Faults">Why, each with its variable.</param>
internal sealed record ClusterIdentityReading(IReadOnlyList<string> Paths, string Stamp, ClusterIdentity? Identity, IReadOnlyList<string> Faults)
    : IFileReading
{
    public bool IsUsable => Identity is not null;
}
