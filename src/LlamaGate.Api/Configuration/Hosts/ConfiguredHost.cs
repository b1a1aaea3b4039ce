using System.Net.Http.Headers;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>One Ollama server, as OLLAMA_HOST or HOSTS_FILE names it.</summary>
/// <param name="Name">Unique among the hosts; the address's <c>host:port</c> unless a name is given.</param>
/// <param name="Address">As configured: it may contain a path and credentials.</param>
internal sealed record ConfiguredHost(string Name, Uri Address)
{
    public const int MaxNameLength = 64;

    /// <summary>More hosts than that are a typing error, or a task for another product.</summary>
    public const int MaxHosts = 64;

    /// <summary>The key for this host alone; empty = none.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>How to verify the host and to present the gateway to it; null = as the system does.</summary>
    public HostTls? Tls { get; init; }

    /// <summary>No new calls are sent there.</summary>
    public bool IsDraining { get; init; }

    public HostLimits Limits { get; init; } = HostLimits.None;

    /// <summary>Differs when anything about the host differs, including the files that it names.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Without credentials, for display. The same text for all spellings of an address.</summary>
    public string DisplayAddress { get; } = OllamaAddress.Redact(Address);

    public bool HasCredentials => ApiKey.Length > 0 || Address.UserInfo.Length > 0;

    /// <summary>Its own credentials; null when it has none.</summary>
    public AuthenticationHeaderValue? Authorization => ApiKey.Length > 0
        ? new AuthenticationHeaderValue("Bearer", ApiKey)
        : OllamaAddress.AuthorizationOf(Address);

    /// <summary>A host without a name of its own.</summary>
    public static ConfiguredHost At(Uri address) => new(address.Authority, address);

    public static bool IsName(string text) =>
        text.Length is > 0 and <= MaxNameLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>As in OLLAMA_HOST, without credentials. A record would print the key.</summary>
    public override string ToString() => Name == Address.Authority ? DisplayAddress : $"{Name}={DisplayAddress}";
}
