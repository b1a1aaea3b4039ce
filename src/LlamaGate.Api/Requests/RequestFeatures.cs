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
    public static RequestContext ToRequestContext(this HttpContext context, Caller? anonymous)
    {
        var exchange = context.Exchange();
        var caller = context.Features.Get<Caller>() ?? anonymous ?? context.Features.GetRequiredFeature<Caller>();
        return new RequestContext(exchange.RequestId, caller, exchange.CacheDirectives) { Observer = exchange };
    }
}
