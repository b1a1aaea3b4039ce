using LlamaGate.Domain.Health;

namespace LlamaGate.Application.Abstractions;

/// <summary>Whether the upstream is there.</summary>
public interface IUpstreamHealth
{
    /// <summary>Where Ollama is, without credentials.</summary>
    string DisplayAddress { get; }

    /// <summary>Whether Ollama answers. Never throws for the upstream's sake and takes at most five seconds.</summary>
    Task<UpstreamHealth> CheckAsync(CancellationToken cancellationToken);
}
