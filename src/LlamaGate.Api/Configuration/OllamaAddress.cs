using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace LlamaGate.Api.Configuration;

/// <summary>
/// OLLAMA_HOST as people know it from Ollama's own tools: a URL, or <c>host:port</c> (also <c>[::1]:11434</c>) for
/// plain HTTP. A bare word is refused: it is more often a typing error than a host. Ollama's server reads the variable too,
/// there as what it listens on: "all addresses" (<c>0.0.0.0:11434</c>) is none to connect to, and means this machine.
/// </summary>
internal static class OllamaAddress
{
    public static bool TryParse(string text, out Uri address)
    {
        var url = text.Contains("://", StringComparison.Ordinal) ? text : HasPort(text) ? "http://" + text : "";
        var valid = Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            && parsed is { Scheme: "http" or "https", Host.Length: > 0, Port: > 0, Query: "", Fragment: "" };
        address = valid && parsed is not null ? Connectable(parsed) : new Uri("about:blank");
        return valid;
    }

    /// <summary>Credentials in the address go upstream as Basic authentication; null when there are none.</summary>
    public static AuthenticationHeaderValue? AuthorizationOf(Uri address)
    {
        if (address.UserInfo.Length == 0)
        {
            return null;
        }

        // A name without a password has an empty one: the colon belongs to the scheme.
        var pair = address.UserInfo.Contains(':', StringComparison.Ordinal) ? address.UserInfo : address.UserInfo + ":";
        return new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(pair))));
    }

    public static string Redact(Uri address)
    {
        var shown = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return shown.TrimEnd('/');
    }

    /// <summary>For a refused value, which may hold a password although it is no URL.</summary>
    public static string Redact(string text) => text.LastIndexOf('@') is var at and >= 0 ? "***" + text[at..] : text;

    private static Uri Connectable(Uri address) => address.DnsSafeHost switch
    {
        "0.0.0.0" => new UriBuilder(address) { Host = IPAddress.Loopback.ToString() }.Uri,
        "::" => new UriBuilder(address) { Host = $"[{IPAddress.IPv6Loopback}]" }.Uri,
        _ => address,
    };

    private static bool HasPort(string text)
    {
        var authority = text.Split('/', 2)[0];
        var colon = authority.LastIndexOf(':');
        return colon > 0
            && VariableText.Integer(authority[(colon + 1)..], 1, ushort.MaxValue) is not null;
    }
}
