using System.Net;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Errors;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.HostNames;

/// <summary>
/// Refuses names that are not this machine's. A web page whose name was made to point here (DNS rebinding) is of one origin with the
/// gateway, so no browser stops it; only its Host header shows where it comes from. It is in use where nothing else protects the
/// gateway, and stands before everything that answers, health and Swagger too.
/// </summary>
internal sealed class HostNameMiddleware(RequestDelegate next, GatewaySettings settings)
{
    public const string Message =
        "The name in the Host header is not this machine's. A gateway without API_KEY serves only localhost and private addresses. "
        + "If you trust the name, add it to ALLOWED_HOSTS, or set API_KEY.";

    /// <summary>A key, a proxy or an open address: then others reach the gateway by design, by any name.</summary>
    public static bool IsNeeded(GatewaySettings settings) =>
        IPAddress.IsLoopback(settings.ListenAddress) && !settings.AuthenticationEnabled && settings.TrustedProxies.Count == 0;

    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        // Not echoed: whoever made the name up could make up anything.
        return LocalHosts.Contains(host) || settings.AllowedHosts.Any(pattern => pattern.Matches(host))
            ? next(context)
            : ErrorResponseWriter.WriteAsync(context, new GatewayException(GatewayError.HostNotAllowed, Message));
    }
}
