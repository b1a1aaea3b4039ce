namespace LlamaGate.Application.Abstractions;

/// <summary>
/// Learns about the upstream calls of a request while they run. It is called on any thread, also after its request has ended: others may
/// still read the answer.
/// </summary>
public interface IUpstreamObserver
{
    /// <summary>A call is sent. Only with several hosts; again for each attempt.</summary>
    void OnRouted(UpstreamRoute route);
}
