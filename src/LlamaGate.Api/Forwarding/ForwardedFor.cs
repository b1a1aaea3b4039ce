using LlamaGate.Api.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace LlamaGate.Api.Forwarding;

/// <summary>
/// Trusts X-Forwarded-For from TRUSTED_PROXIES only. It runs first, because the limiter's
/// buckets and the log's <c>ip</c> use the address it finds. Host and scheme are not taken from headers: nothing here
/// depends on them.
/// </summary>
internal static class ForwardedFor
{
    public static void UseForwardedFor(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<GatewaySettings>().TrustedProxies;
        if (proxies.Count == 0)
        {
            return;
        }

        // No hop limit: the chain ends at the first address that is not a trusted proxy.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in proxies)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
    }
}
