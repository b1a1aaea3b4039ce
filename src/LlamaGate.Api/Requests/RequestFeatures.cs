using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using Microsoft.AspNetCore.Http.Features;

namespace LlamaGate.Api.Requests;

/// <summary>The features that the pipeline sets for the endpoints.</summary>
internal static class RequestFeatures
{
    public static Exchange Exchange(this HttpContext context) => context.Features.GetRequiredFeature<Exchange>();

    /// <summary>The application's view of a request. Use it only after authorization, when there is a caller.</summary>
    public static RequestContext ToRequestContext(this HttpContext context) => ToRequestContext(context, anonymous: null);

    /// <param name="anonymous">The caller on routes that are open without a key.</param>
    /// <exception cref="Domain.Errors.GatewayException">A header has a wrong value.</exception>
    public static RequestContext ToRequestContext(this HttpContext context, Caller? anonymous)
    {
        var exchange = context.Exchange();
        var caller = context.Features.Get<Caller>() ?? anonymous ?? context.Features.GetRequiredFeature<Caller>();
        var request = new RequestContext(exchange.RequestId, caller, exchange.CacheDirectives)
        {
            Observer = exchange,
            Trace = RequestTrace.Of(context.Request.Headers),
        };
        if (!exchange.SharesHosts)
        {
            // Users are named in the accounts, whatever the hosts are.
            return caller.Policy.ShareBy is ShareBy.User ? request with { Principal = RequestPrincipal.Of(context, caller) } : request;
        }

        var principal = RequestPrincipal.Of(context, caller);
        return request with { Principal = principal, Priority = RequestPriority.Of(context.Request.Headers, principal) };
    }
}
