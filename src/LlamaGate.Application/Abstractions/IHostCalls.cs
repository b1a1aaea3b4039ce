namespace LlamaGate.Application.Abstractions;

/// <summary>Sends calls to one of several hosts.</summary>
public interface IHostCalls
{
    /// <summary>Starts a call at a host, once. Failures are as in <see cref="IUpstreamCalls"/>.</summary>
    /// <param name="host">The host's name.</param>
    Task<IUpstreamAnswer> StartAsync(UpstreamCall call, string host, CancellationToken cancellationToken);
}
