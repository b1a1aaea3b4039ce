using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>The upstream hosts and how to call them.</summary>
public sealed record OllamaOptions
{
    public required HostList Hosts { get; init; }

    /// <summary>
    /// Maximum silence of the upstream, from the call to the first byte and between bytes. Default five minutes.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// False (the default): a prompt that does not fit the model's context is an error. True: Ollama silently drops the
    /// oldest turns.
    /// </summary>
    public bool TruncateOverlongPrompts { get; init; }
}
