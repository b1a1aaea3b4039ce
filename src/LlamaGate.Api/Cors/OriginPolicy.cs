using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Cors;

/// <summary>
/// Which web pages may call: those that Ollama allows by default (pages on this machine, desktop programs, editors), and CORS_ORIGINS.
/// </summary>
internal sealed class OriginPolicy(GatewaySettings settings)
{
    private static readonly IReadOnlyList<OriginPattern> Local =
    [
        .. from host in new[] { "localhost", "127.0.0.1", "[::1]", "0.0.0.0" }
           from scheme in new[] { "http", "https" }
           select OriginPattern.Parse($"{scheme}://{host}:*"),
        .. from scheme in new[] { "app", "file", "tauri", "vscode-webview", "vscode-file" }
           select OriginPattern.Parse($"{scheme}://*"),
    ];

    public bool Allows(string origin)
    {
        var parsed = OriginPattern.ParseOrigin(origin);
        return Local.Any(pattern => pattern.Matches(parsed)) || settings.CorsOrigins.Any(pattern => pattern.Matches(parsed));
    }
}
