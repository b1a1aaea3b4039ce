using System.Net;

namespace LlamaGate.Api.CommandLine.Connections;

/// <summary>The commands' HTTP clients.</summary>
internal static class CommandHttp
{
    /// <summary>Far more than any answer that a command reads whole.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    public static HttpClient Create() => Create(CreateHandler());

    /// <summary>
    /// For the gateway of these settings on this machine. It is called by its address, which its certificate does not name, so any
    /// certificate will do: as over plain HTTP, whoever has the port is taken for the gateway.
    /// </summary>
    public static HttpClient CreateLocal()
    {
        var handler = CreateHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null;
        return Create(handler);
    }

    private static HttpClient Create(SocketsHttpHandler handler) => new(handler)
    {
        // Each command bounds its own waits.
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxBytes,
    };

    private static SocketsHttpHandler CreateHandler() => new()
    {
        // A container's HTTP_PROXY is for the way out, not for the way to itself or to Ollama.
        UseProxy = false,
        UseCookies = false,
        // A key must not follow a redirect to another host, and what redirects is not the gateway.
        AllowAutoRedirect = false,
        // As clients do: a proxy that compresses holds streams back only from those who take it.
        AutomaticDecompression = DecompressionMethods.All,
        // Whoever stops reading hangs up at once.
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
        ActivityHeadersPropagator = null,
    };
}
