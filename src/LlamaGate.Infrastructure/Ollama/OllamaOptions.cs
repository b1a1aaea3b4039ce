using System.Net.Http.Headers;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>The upstream's address and how to call it.</summary>
public sealed record OllamaOptions
{
    /// <summary>Ollama's address; a path on it is kept, credentials in it are not used.</summary>
    public required Uri Address { get; init; }

    /// <summary>
    /// How to authenticate, read for each call because it may change while the gateway runs; null (the default) = not at all,
    /// as with Ollama itself.
    /// </summary>
    public Func<AuthenticationHeaderValue?> Authorization { get; init; } = static () => null;

    /// <summary>The same without credentials, for display.</summary>
    public required string DisplayAddress { get; init; }

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
