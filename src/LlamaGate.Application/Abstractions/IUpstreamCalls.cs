namespace LlamaGate.Application.Abstractions;

/// <summary>
/// The seam for all upstream calls of all endpoints, below the cache and single-flight. Anything that concerns a call as such (a queue,
/// metering, host selection, failover) is a wrapper around this port. A wrapper acts when a call starts, at its last line and at its
/// end; it never iterates over the lines.
/// </summary>
public interface IUpstreamCalls
{
    /// <summary>
    /// Starts a call and returns when Ollama has answered with a success status, which it sends with the first token. Every failure is a
    /// <see cref="Domain.Errors.GatewayException"/>; when the caller disconnects, it throws an <see cref="OperationCanceledException"/>.
    /// </summary>
    Task<IUpstreamAnswer> StartAsync(UpstreamCall call, CancellationToken cancellationToken);
}
