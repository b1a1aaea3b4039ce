using LlamaGate.Domain.Health;

namespace LlamaGate.Application.Abstractions;

/// <summary>Whether the upstream can be reached.</summary>
public interface IUpstreamHealth
{
    /// <summary>Where Ollama is, without credentials.</summary>
    string DisplayAddress { get; }

    /// <summary>Whether Ollama answers. Never throws because of the upstream, and takes at most five seconds.</summary>
    Task<UpstreamHealth> CheckAsync(CancellationToken cancellationToken);
}
