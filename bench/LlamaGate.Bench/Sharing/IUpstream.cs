using System.Net;

namespace LlamaGate.Bench.Sharing;

/// <summary>What works on the calls, directly or behind the gateway.</summary>
internal interface IUpstream : IAsyncDisposable
{
    IPEndPoint Address { get; }

    /// <summary>Two models of which one fits.</summary>
    IReadOnlyList<string> Models { get; }

    /// <summary>Begins to count anew.</summary>
    Task ClearAsync(CancellationToken cancellationToken);

    Task<UpstreamCounts> CountsAsync(CancellationToken cancellationToken);
}
