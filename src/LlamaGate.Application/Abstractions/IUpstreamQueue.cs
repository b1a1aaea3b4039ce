namespace LlamaGate.Application.Abstractions;

/// <summary>Shows the calls that wait for shared hosts and those that run there.</summary>
public interface IUpstreamQueue
{
    /// <summary>Whether any call waits; with several gateways that may be some seconds old.</summary>
    bool HasWaiting { get; }

    /// <summary>The calls of a key at all gateways, those that run first, then in the order in which they will probably be sent.</summary>
    /// <param name="keyId">The id of the caller.</param>
    /// <returns>Null when the hosts are not shared, so that there is no queue.</returns>
    ValueTask<IReadOnlyList<QueueEntry>?> ListAsync(string keyId, CancellationToken cancellationToken);
}
