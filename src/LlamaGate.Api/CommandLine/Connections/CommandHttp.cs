using System.Net;
using System.Net.Security;

namespace LlamaGate.Api.CommandLine.Connections;

/// <summary>The commands' HTTP clients.</summary>
internal static class CommandHttp
{
    /// <summary>Far larger than any answer that a command reads as a whole.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    public static HttpClient Create() => Create(CreateHandler());

    /// <param name="tls">How to verify the server and to authenticate to it; null = as the system does.</param>
    public static HttpClient Create(SslClientAuthenticationOptions? tls)
    {
        var handler = CreateHandler();
        handler.SslOptions = tls ?? handler.SslOptions;
        return Create(handler);
    }

    /// <summary>
    /// For the local gateway of these settings. It is called by its address, which its certificate does not name, so any certificate is
    /// accepted: as over plain HTTP, the server on that port is taken to be the gateway.
    /// </summary>
    public static HttpClient CreateLocal()
    {
        var handler = CreateHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null;
        return Create(handler);
    }

    private static HttpClient Create(SocketsHttpHandler handler) => new(handler)
    {
        // Each command limits its own waits.
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxBytes,
    };

    private static SocketsHttpHandler CreateHandler() => new()
    {
        // A container's HTTP_PROXY is for outgoing traffic, not for calls to itself or to Ollama.
        UseProxy = false,
        UseCookies = false,
        // A key must not be sent to another host by a redirect, and a server that redirects is not the gateway.
        AllowAutoRedirect = false,
        // As clients do: a proxy that compresses holds back streams only for clients that accept compression.
        AutomaticDecompression = DecompressionMethods.All,
        // When reading stops, the connection is closed at once.
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
        ActivityHeadersPropagator = null,
    };
}
