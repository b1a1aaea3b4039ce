namespace LlamaGate.Application.Abstractions;

/// <summary>
/// The seam under everything that goes upstream: beneath cache and single-flight, around every call of every endpoint. What belongs to
/// a call as such (a queue, metering, the choice of a host, failover) is a wrapper of this port. A wrapper acts when a call starts, at
/// its last line and at its end; it never iterates the lines.
/// </summary>
public interface IUpstreamCalls
{
    /// <summary>
    /// Starts a call and returns when Ollama has answered with success, which it does at its first token. Every failure is a
    /// <see cref="Domain.Errors.GatewayException"/>; a caller that leaves is an <see cref="OperationCanceledException"/>.
    /// </summary>
    Task<IUpstreamAnswer> StartAsync(UpstreamCall call, CancellationToken cancellationToken);
}
