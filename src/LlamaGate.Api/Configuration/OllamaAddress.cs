namespace LlamaGate.Api.Configuration;

/// <summary>
/// OLLAMA_HOST as people know it from Ollama's own tools: a URL, or <c>host:port</c> (also <c>[::1]:11434</c>) for
/// plain HTTP. A bare word is refused: it is more often a typing error than a host.
/// </summary>
internal static class OllamaAddress
{
    public static bool TryParse(string text, out Uri address)
    {
        var url = text.Contains("://", StringComparison.Ordinal) ? text : HasPort(text) ? "http://" + text : "";
        var valid = Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            && parsed is { Scheme: "http" or "https", Host.Length: > 0, Port: > 0, Query: "", Fragment: "" };
        address = valid && parsed is not null ? parsed : new Uri("about:blank");
        return valid;
    }

    public static string Redact(Uri address)
    {
        var shown = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return shown.TrimEnd('/');
    }

    /// <summary>For a refused value, which may hold a password although it is no URL.</summary>
    public static string Redact(string text) => text.LastIndexOf('@') is var at and >= 0 ? "***" + text[at..] : text;

    private static bool HasPort(string text)
    {
        var authority = text.Split('/', 2)[0];
        var colon = authority.LastIndexOf(':');
        return colon > 0
            && VariableText.Integer(authority[(colon + 1)..], 1, ushort.MaxValue) is not null;
    }
}
