namespace LlamaGate.Application.Abstractions;

/// <summary>
/// The hosts that are shared among callers, for those who administer the gateway. What an administrator wants is carried out by the same
/// rules as everything else: gates are closed first, running calls end by themselves, one load at a time, and no pinned model goes.
/// </summary>
/// <remarks>
/// Each change returns what happens now, in words. It fails with a <see cref="Domain.Errors.GatewayException"/>: the host, model or call is not
/// known, or the host's state forbids the change.
/// </remarks>
public interface ISharedHosts
{
    /// <summary>Everything as it is now, at all gateways if there are several. Takes the scheduler's lock once.</summary>
    /// <param name="maxQueued">The most calls of the queue to list.</param>
    /// <returns>Null when the hosts are not shared.</returns>
    ValueTask<SharedHostsState?> DescribeAsync(int maxQueued, CancellationToken cancellationToken);

    /// <summary>
    /// Lets a host finish its calls and gives it no new ones, or ends that. It holds until it is ended, the gateway stops or the host leaves the
    /// list; a changed HOSTS_FILE does not end it.
    /// </summary>
    ValueTask<string> SetDrainingAsync(string host, bool isDraining, CancellationToken cancellationToken);

    /// <summary>Loads a model on a host. Returns when the load has begun.</summary>
    /// <param name="model">The model's own name, in any spelling.</param>
    ValueTask<string> LoadAsync(string host, string model, CancellationToken cancellationToken);

    /// <summary>Unloads a model on a host once its running calls have ended.</summary>
    /// <param name="model">The model's own name, in any spelling.</param>
    ValueTask<string> UnloadAsync(string host, string model, CancellationToken cancellationToken);

    /// <summary>Ends a call that waits or runs; its caller gets <see cref="Domain.Errors.GatewayError.Cancelled"/>.</summary>
    /// <param name="call">See <see cref="QueueEntry.Id"/>.</param>
    ValueTask<string> CancelAsync(string call, CancellationToken cancellationToken);
}
