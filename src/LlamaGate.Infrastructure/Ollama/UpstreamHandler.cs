using System.Net;
using System.Net.Security;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Ollama;

internal static class UpstreamHandler
{
    /// <summary>The connection pool to one host.</summary>
    public static HttpMessageInvoker Create(OllamaHostOptions host) => new(new SocketsHttpHandler
    {
        SslOptions = host.Tls ?? new SslClientAuthenticationOptions(),
        // A DNS change takes effect within this time, without a restart.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        // An abandoned answer is not read to its end: closing the connection stops the generation.
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        // A call has the tracing headers of its own span, or those of its caller, and never baggage.
        ActivityHeadersPropagator = null,
    });
}
