using System.Net;
using LlamaGate.Api.HostNames;

namespace LlamaGate.Api.Authentication;

/// <summary>Whether a request comes from this machine.</summary>
internal static class ThisMachine
{
    /// <summary>
    /// A request of a proxy that is not in TRUSTED_PROXIES is not: the proxy may be on this machine, and its clients elsewhere. Nor is one by a
    /// name that others could make point here, as a web page does for DNS rebinding.
    /// </summary>
    public static bool Sent(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && LocalHosts.Contains(request.Host.Host)
        && request.Headers is { } headers
        && !headers.ContainsKey("X-Forwarded-For") && !headers.ContainsKey("Forwarded") && !headers.ContainsKey("X-Real-IP");
}
