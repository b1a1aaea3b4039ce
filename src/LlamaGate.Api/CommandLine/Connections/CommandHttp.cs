using System.Net;

namespace LlamaGate.Api.CommandLine.Connections;

/// <summary>The commands' HTTP client.</summary>
internal static class CommandHttp
{
    /// <summary>Far more than any answer that a command reads whole.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    public static HttpClient Create() => new(new SocketsHttpHandler
    {
        // A container's HTTP_PROXY is for the way out, not for the way to itself or to Ollama.
        UseProxy = false,
        UseCookies = false,
        // A key must not follow a redirect to another host, and what redirects is not the gateway.
        AllowAutoRedirect = false,
        // As clients do: a proxy that compresses holds streams back only from those who take it.
        AutomaticDecompression = DecompressionMethods.All,
        // A caller that stops reading hangs up at once.
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
        ActivityHeadersPropagator = null,
    })
    {
        // Each command bounds its own waits.
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxBytes,
    };
}
