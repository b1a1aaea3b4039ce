using LlamaGate.Domain.Health;

namespace LlamaGate.Application.Abstractions;

/// <summary>Whether the upstream can be reached.</summary>
public interface IUpstreamHealth
{
    /// <summary>Where Ollama is, without credentials; of several hosts the first one.</summary>
    string DisplayAddress { get; }

    /// <summary>Whether Ollama answers, of several hosts one. Never throws because of the upstream, and takes at most five seconds.</summary>
    Task<UpstreamHealth> CheckAsync(CancellationToken cancellationToken);

    /// <summary>What is known about each host; null for a single one.</summary>
    IReadOnlyList<HostStatus>? ListHosts();
}
