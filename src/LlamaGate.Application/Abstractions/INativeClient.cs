namespace LlamaGate.Application.Abstractions;

/// <summary>
/// Ollama's own API, for callers who speak it. Failures are as in <see cref="IUpstreamCalls"/>, with Ollama's own words where it wrote
/// some.
/// </summary>
public interface INativeClient
{
    /// <summary>Returns when Ollama has begun to answer with success.</summary>
    Task<INativeAnswer> StartAsync(UpstreamCall call, CancellationToken cancellationToken);
}
