using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using Microsoft.AspNetCore.Http.Features;

namespace LlamaGate.Api.Requests;

/// <summary>What the steps of the pipeline left for the endpoints.</summary>
internal static class RequestFeatures
{
    public static Exchange Exchange(this HttpContext context) => context.Features.GetRequiredFeature<Exchange>();

    /// <summary>What the application learns of a request. Only where authorization let somebody pass: there is a caller then.</summary>
    public static RequestContext ToRequestContext(this HttpContext context) => ToRequestContext(context, anonymous: null);

    /// <param name="anonymous">Who calls where nobody has to say it.</param>
    public static RequestContext ToRequestContext(this HttpContext context, Caller? anonymous)
    {
        var exchange = context.Exchange();
        var caller = context.Features.Get<Caller>() ?? anonymous ?? context.Features.GetRequiredFeature<Caller>();
        return new RequestContext(exchange.RequestId, caller, exchange.CacheDirectives);
    }
}
