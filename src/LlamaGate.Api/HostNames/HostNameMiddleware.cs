using System.Net;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Errors;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.HostNames;

/// <summary>
/// Refuses names that are not this machine's. A web page whose name was made to point here (DNS rebinding) is of one origin with the
/// gateway, so no browser stops it; only its Host header shows where it comes from. It checks where nothing else protects the gateway,
/// and stands before everything that answers, health and Swagger too.
/// </summary>
internal sealed class HostNameMiddleware(RequestDelegate next, CurrentSettings current)
{
    public const string Message =
        "The name in the Host header is not this machine's. A gateway without API_KEY accepts only localhost and private addresses. "
        + "If you trust the name, add it to ALLOWED_HOSTS, or set API_KEY.";

    /// <summary>
    /// False behind a proxy and on an open address: there others reach the gateway by design, by any name. API_KEY does not count here,
    /// because it can change while the gateway runs.
    /// </summary>
    public static bool IsNeeded(GatewaySettings settings) =>
        IPAddress.IsLoopback(settings.ListenAddress) && settings.TrustedProxies.Count == 0;

    public Task InvokeAsync(HttpContext context)
    {
        var settings = current.Settings;
        var host = context.Request.Host.Host;
        // Not echoed: it could contain anything.
        return settings.AuthenticationEnabled || LocalHosts.Contains(host) || settings.AllowedHosts.Any(pattern => pattern.Matches(host))
            ? next(context)
            : ErrorResponseWriter.WriteAsync(context, new GatewayException(GatewayError.HostNotAllowed, Message));
    }
}
