using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.Exchange;

/// <summary>
/// Takes from the request's headers what the application needs of them, and sees to it that the answer has the headers that tell its
/// facts. It stands right behind the request id, whose header is one of them, so that every answer has them.
/// </summary>
internal sealed class ExchangeMiddleware(RequestDelegate next, TimeProvider timeProvider)
{
    public Task InvokeAsync(HttpContext context, ExchangeFacts facts)
    {
        facts.StartedAt = timeProvider.GetTimestamp();
        facts.CacheDirectives = DirectivesOf(context.Request);
        // At the start of the answer, because the error handler empties the headers before it writes its own.
        context.Response.OnStarting(ExchangeHeaders.WriteAsync, new ExchangeHeaders(context.Response, facts, timeProvider));
        return next(context);
    }

    private static CacheDirectives DirectivesOf(HttpRequest request)
    {
        if (request.Headers.CacheControl.Count == 0)
        {
            return CacheDirectives.None;
        }

        var asked = request.GetTypedHeaders().CacheControl;
        return (asked?.NoCache is true ? CacheDirectives.NoLookup : CacheDirectives.None)
            | (asked?.NoStore is true ? CacheDirectives.NoStore : CacheDirectives.None);
    }
}
