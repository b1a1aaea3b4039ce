using LlamaGate.Application.Abstractions;
using Microsoft.AspNetCore.Mvc.Filters;

namespace LlamaGate.Api.Exchange;

/// <summary>Takes from the request's headers what the application needs of them, and gives the answer the headers that tell its facts.</summary>
internal sealed class ExchangeHeadersFilter(ExchangeFacts facts) : IActionFilter, IResultFilter
{
    public const string CacheHeader = "X-LlamaGate-Cache";
    public const string IgnoredHeader = "X-LlamaGate-Ignored";

    public void OnActionExecuting(ActionExecutingContext context)
    {
        var cacheControl = context.HttpContext.Request.GetTypedHeaders().CacheControl;
        facts.CacheDirectives =
            (cacheControl?.NoCache is true ? CacheDirectives.NoLookup : CacheDirectives.None)
            | (cacheControl?.NoStore is true ? CacheDirectives.NoStore : CacheDirectives.None);
    }

    public void OnActionExecuted(ActionExecutedContext context)
    {
    }

    public void OnResultExecuting(ResultExecutingContext context)
    {
        var headers = context.HttpContext.Response.Headers;
        if (facts.Cache is { } cache)
        {
            headers[CacheHeader] = cache.ToWord();
        }

        if (facts.IgnoredFields.Count > 0)
        {
            headers[IgnoredHeader] = string.Join(", ", facts.IgnoredFields);
        }
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
