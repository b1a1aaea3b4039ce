using System.Net;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Errors;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.HostNames;

/// <summary>
/// Refuses names that are not this machine's. With DNS rebinding, a web page's name points to this machine, so the page has the same origin
/// as the gateway and the browser does not stop it; only its Host header reveals it. The check is active where nothing else protects the
/// gateway, and runs before everything that answers, including health and Swagger.
/// </summary>
internal sealed class HostNameMiddleware(RequestDelegate next, GatewaySettings settings)
{
    public const string Message =
        "The name in the Host header is not this machine's. A gateway without API_KEY serves only localhost and private addresses. "
        + "If you trust the name, add it to ALLOWED_HOSTS, or set API_KEY.";

    /// <summary>With a key, a proxy or an open address, others may use the gateway by design, under any name.</summary>
    public static bool IsNeeded(GatewaySettings settings) =>
        IPAddress.IsLoopback(settings.ListenAddress) && !settings.AuthenticationEnabled && settings.TrustedProxies.Count == 0;

    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        // Not echoed: an attacker chooses this name.
        return LocalHosts.Contains(host) || settings.AllowedHosts.Any(pattern => pattern.Matches(host))
            ? next(context)
            : ErrorResponseWriter.WriteAsync(context, new GatewayException(GatewayError.HostNotAllowed, Message));
    }
}
