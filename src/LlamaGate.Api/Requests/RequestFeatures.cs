using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using Microsoft.AspNetCore.Http.Features;

namespace LlamaGate.Api.Requests;

/// <summary>What the steps of the pipeline left for the endpoints.</summary>
internal static class RequestFeatures
{
    public static Exchange Exchange(this HttpContext context) => context.Features.GetRequiredFeature<Exchange>();

    /// <summary>What the application learns of a request. Only where authorization let somebody pass: there is a caller then.</summary>
    public static RequestContext ToRequestContext(this HttpContext context)
    {
        var exchange = context.Exchange();
        return new RequestContext(
            exchange.RequestId, context.Features.GetRequiredFeature<Caller>(), exchange.CacheDirectives);
    }
}
