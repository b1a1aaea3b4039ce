namespace LlamaGate.Application.Abstractions;

/// <summary>
/// Learns about the upstream calls of a request while they run. It is called on any thread, also after its request has ended: others may
/// still read the answer.
/// </summary>
public interface IUpstreamObserver
{
    /// <summary>
    /// A call enters the queue. Only with shared hosts; again for each call of the request, and <see cref="OnRouted"/> follows when it is
    /// sent.
    /// </summary>
    void OnQueued(IQueuePlace place)
    {
    }

    /// <summary>A call is sent. Only with shared hosts; again for each attempt.</summary>
    void OnRouted(UpstreamRoute route);
}
