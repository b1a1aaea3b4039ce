using System.Net.Http.Headers;
using System.Net.Security;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>One Ollama server, as configured.</summary>
public sealed record OllamaHostOptions
{
    /// <summary>The name in headers, logs and documents; unique among the hosts.</summary>
    public required string Name { get; init; }

    /// <summary>Ollama's address; a path on it is kept, credentials in it are not used.</summary>
    public required Uri Address { get; init; }

    /// <summary>The same without credentials, for display.</summary>
    public required string DisplayAddress { get; init; }

    /// <summary>
    /// How to authenticate, read for each call because it may change while the gateway runs; null (the default) = not at all,
    /// as with Ollama itself.
    /// </summary>
    public Func<AuthenticationHeaderValue?> Authorization { get; init; } = static () => null;

    /// <summary>
    /// How to verify the host's certificate and which certificate to present to it; null (the default) = as the system does. A
    /// reload keeps the same object as long as the files are the same.
    /// </summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>True: the host finishes its running calls and gets no new ones. Default false.</summary>
    public bool IsDraining { get; init; }

    /// <summary>What the operator says about the host; none by default. A reload may change it.</summary>
    public HostLimits Limits { get; init; } = HostLimits.None;

    /// <summary>
    /// Whether a host with the other options is the same one, so that its connections and all that is known about it are kept.
    /// </summary>
    public bool IsSameHost(OllamaHostOptions other) =>
        Name == other.Name && Address == other.Address && ReferenceEquals(Tls, other.Tls);
}
