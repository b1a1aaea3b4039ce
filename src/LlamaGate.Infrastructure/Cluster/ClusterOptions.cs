using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace LlamaGate.Infrastructure.Cluster;

/// <summary>How this gateway takes part in a cluster.</summary>
public sealed record ClusterOptions
{
    /// <summary>Where the members find each other, and where state is kept that outlives them.</summary>
    public required RedisOptions Redis { get; init; }

    /// <summary>The address at which the other members reach this one; port 0 = a free one.</summary>
    public required IPEndPoint Address { get; init; }

    /// <summary>How members identify themselves to each other, asked for each connection; null = not at all, for members on one machine.</summary>
    public Func<ClusterTls>? Tls { get; init; }
}

/// <summary>Mutual TLS between members. A certificate of the authorities makes a member; names are not compared.</summary>
/// <param name="Certificate">This gateway's, with its key.</param>
/// <param name="Authorities">What the certificate of another member must fulfil. Cloned for each use.</param>
public sealed record ClusterTls(X509Certificate2 Certificate, X509ChainPolicy Authorities);
