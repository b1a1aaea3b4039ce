using LlamaGate.Api.Errors;
using LlamaGate.Api.Lifetime;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.Requests;

/// <summary>
/// Where an exchange begins and ends: takes from the request's headers what the application needs of them, sees to it that the answer
/// has the headers that state its facts, and has it counted and logged. It stands right behind the request id, which headers and log
/// name, and outside of everything that can fail, so that no request is without its headers and its line.
/// </summary>
internal sealed class ExchangeMiddleware(RequestDelegate next, TimeProvider timeProvider, Drain drain, RequestLog log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var exchange = new Exchange(context.TraceIdentifier, timeProvider.GetTimestamp(), DirectivesOf(context.Request));
        context.Features.Set(exchange);
        context.Features.Set<IFailureNote>(exchange);
        // At the start of the answer, because the error handler empties the headers before it writes its own.
        context.Response.OnStarting(ExchangeHeaders.WriteAsync, new ExchangeHeaders(context.Response, exchange, timeProvider));
        // Ends last: a request has been logged when it is no longer counted.
        using var running = drain.Enter(context.RequestAborted);
        context.Features.Set(running);
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.HasClientLeft())
        {
            // Only what broke an answer that had begun comes this far; everything else has been answered inside.
            log.NoteFailure(exchange, exception);
            throw;
        }
        finally
        {
            log.Write(context, exchange);
        }
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
