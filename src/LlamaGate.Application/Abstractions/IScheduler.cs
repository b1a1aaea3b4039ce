namespace LlamaGate.Application.Abstractions;

/// <summary>Shares the slots of the hosts among callers: each call that works on a model waits here for its slot.</summary>
public interface IScheduler
{
    /// <summary>Waits until the call may be sent. When the caller disconnects, it throws an <see cref="OperationCanceledException"/>.</summary>
    /// <returns>The slot; null when no host is known to have the model, so that the call can be sent to any of them for its error.</returns>
    /// <exception cref="Domain.Errors.GatewayException">The call gets no slot: its caller or the queue has too many, it has waited too long.</exception>
    ValueTask<ISlotLease?> AcquireAsync(UpstreamCall call, CancellationToken cancellationToken);

    /// <summary>The gateway shuts down: calls that will not have ended within the time get an error now.</summary>
    void Drain(TimeSpan within);
}
