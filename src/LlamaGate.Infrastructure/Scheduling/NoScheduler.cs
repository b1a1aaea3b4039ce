using LlamaGate.Application.Abstractions;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>Where hosts are not shared there is no queue: calls are sent at once.</summary>
internal sealed class NoScheduler : IScheduler, IUpstreamQueue
{
    public bool HasWaiting => false;

    public ValueTask<ISlotLease?> AcquireAsync(UpstreamCall call, CancellationToken cancellationToken) => new((ISlotLease?)null);

    public void Drain(TimeSpan within)
    {
        // Nothing waits.
    }

    public ValueTask<IReadOnlyList<QueueEntry>?> ListAsync(string keyId, CancellationToken cancellationToken) => new((IReadOnlyList<QueueEntry>?)null);
}
