using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace LlamaGate.Api.Configuration;

/// <summary>
/// OLLAMA_HOST in the forms that Ollama's own tools accept: a URL, <c>host:port</c>, or an IP address or <c>localhost</c> alone, which
/// means plain HTTP and Ollama's port. Any other bare name is refused: it is more often a typing error than a host. Ollama's server
/// uses the same variable for its listen address: "all addresses" (<c>0.0.0.0</c>, <c>::</c>, <c>:11434</c>) cannot be connected
/// to, so here they mean this machine.
/// </summary>
internal static class OllamaAddress
{
    /// <summary>Completes "allowed: …".</summary>
    public const string Allowed = "an http:// or https:// URL, host:port, an IP address or localhost";

    private const int DefaultPort = 11434;

    /// <summary>The paths of Ollama's APIs, which the gateway adds itself.</summary>
    private static readonly string[] NeedlessEndings = ["/v1", "/api"];

    public static bool TryParse(string text, out Uri address)
    {
        var url = text.Contains("://", StringComparison.Ordinal) ? text : ToUrl(text);
        var valid = Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            && parsed is { Scheme: "http" or "https", Host.Length: > 0, Port: > 0, Query: "", Fragment: "" };
        address = valid && parsed is not null ? Connectable(parsed) : new Uri("about:blank");
        return valid;
    }

    /// <summary>Why the path of Ollama's address is not allowed, completing "the address …"; null when it is.</summary>
    public static string? FindFault(Uri address)
    {
        var path = address.AbsolutePath.TrimEnd('/');
        var ending = NeedlessEndings.FirstOrDefault(one => path.EndsWith(one, StringComparison.OrdinalIgnoreCase));
        return ending is null ? null : $"must not end in {ending}; leave it out, because the gateway adds the API's path";
    }

    /// <summary>Credentials in the address are sent upstream as Basic authentication; null when there are none.</summary>
    public static AuthenticationHeaderValue? AuthorizationOf(Uri address)
    {
        if (address.UserInfo.Length == 0)
        {
            return null;
        }

        // A name without a password has an empty one: Basic authentication requires the colon.
        var pair = address.UserInfo.Contains(':', StringComparison.Ordinal) ? address.UserInfo : address.UserInfo + ":";
        return new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(pair))));
    }

    public static string Redact(Uri address)
    {
        var shown = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return shown.TrimEnd('/');
    }

    /// <summary>For a refused value, which may contain a password even if it is not a URL.</summary>
    public static string Redact(string text) => text.LastIndexOf('@') is var at and >= 0 ? "***" + text[at..] : text;

    private static Uri Connectable(Uri address) => address.DnsSafeHost switch
    {
        "0.0.0.0" => new UriBuilder(address) { Host = IPAddress.Loopback.ToString() }.Uri,
        "::" => new UriBuilder(address) { Host = $"[{IPAddress.IPv6Loopback}]" }.Uri,
        _ => address,
    };

    private static string ToUrl(string text)
    {
        var path = text.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? text[slash..] : "";
        var authority = text[..^path.Length];
        var host = authority[(authority.LastIndexOf('@') + 1)..];
        return WithPort(host) is { } complete ? $"http://{authority[..^host.Length]}{complete}{path}" : "";
    }

    /// <summary>Null for a bare name.</summary>
    private static string? WithPort(string host)
    {
        if (host.StartsWith(':') && IsPort(host[1..]))
        {
            return IPAddress.Loopback + host;
        }

        var bare = host is ['[', .. var inside, ']'] ? inside : host;
        // The framework also parses "[::1]:11434" as an address, and drops the port.
        return (bare.Contains('[', StringComparison.Ordinal) ? null : VariableText.Address(bare)) switch
        {
            { AddressFamily: AddressFamily.InterNetworkV6 } => $"[{bare}]:{DefaultPort}",
            not null => $"{host}:{DefaultPort}",
            null => host.LastIndexOf(':') is var colon and > 0 && IsPort(host[(colon + 1)..]) ? host : null,
        };
    }

    private static bool IsPort(string text) => VariableText.Integer(text, 1, ushort.MaxValue) is not null;
}
