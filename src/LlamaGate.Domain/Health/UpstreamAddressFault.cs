namespace LlamaGate.Domain.Health;

/// <summary>
/// Detects from an answer that OLLAMA_HOST does not point to Ollama's API, and says what to set. The text contains scheme, host
/// and path, never credentials or a query, so it can be shown to anyone.
/// </summary>
public static class UpstreamAddressFault
{
    private static readonly string[] NeedlessPaths = ["/v1", "/api"];

    /// <param name="requested">The address that was requested, which is OLLAMA_HOST and then <paramref name="path"/>.</param>
    /// <param name="path">The path of Ollama's API, without a slash before it: <c>api/chat</c>.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="location">Where the answer redirects to, if it does.</param>
    /// <param name="mediaType">The answer's media type.</param>
    /// <returns>Null when the address does not seem to be at fault.</returns>
    public static string? Find(Uri requested, string path, int status, Uri? location, string? mediaType)
    {
        var root = RootOf(requested, path) ?? Shown(requested);
        return status switch
        {
            >= 300 and < 400 when location is not null => OfRedirect(new Uri(requested, location), path),
            404 when IsWebPage(mediaType) || !HasPath(root) => null,
            404 => OfNeedlessPath(root) ?? $"Ollama's API is not at {root} (404). Check the path in OLLAMA_HOST.",
            >= 200 and < 300 when IsWebPage(mediaType) => OfNeedlessPath(root)
                ?? $"The server at {root} returns a web page, not Ollama's API. Check host, port and path in OLLAMA_HOST.",
            _ => null,
        };
    }

    public static bool IsWebPage(string? mediaType) => mediaType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) is true;

    private static string OfRedirect(Uri target, string path) => RootOf(target, path) is { } root
        ? $"OLLAMA_HOST redirects to {root}. Set OLLAMA_HOST={root}."
        : $"OLLAMA_HOST redirects to {Shown(target)}, which is not Ollama's API. Check OLLAMA_HOST.";

    private static string? OfNeedlessPath(string root) =>
        NeedlessPaths.FirstOrDefault(needless => root.EndsWith(needless, StringComparison.OrdinalIgnoreCase)) is { } found
            ? $"OLLAMA_HOST must not end in {found}. Set OLLAMA_HOST={root[..^found.Length]}."
            : null;

    /// <summary>The address without the API's own path; null when it does not end in that.</summary>
    private static string? RootOf(Uri address, string path) =>
        Shown(address) is var shown && shown.EndsWith("/" + path, StringComparison.OrdinalIgnoreCase)
            ? shown[..^(path.Length + 1)].TrimEnd('/')
            : null;

    private static bool HasPath(string root) => new Uri(root).AbsolutePath.Length > 1;

    private static string Shown(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
}
