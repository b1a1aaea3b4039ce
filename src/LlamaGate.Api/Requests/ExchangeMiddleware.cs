using LlamaGate.Api.Errors;
using LlamaGate.Api.Lifetime;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;

namespace LlamaGate.Api.Requests;

/// <summary>
/// Begins and ends an exchange: reads the request headers that the application needs, adds the headers with the answer's facts,
/// and counts and logs the request. It runs right after the request id, which headers and log contain, and outside everything
/// that can fail, so that every request has its headers and its log line.
/// </summary>
internal sealed class ExchangeMiddleware(
    RequestDelegate next, TimeProvider timeProvider, Drain drain, RequestLog log, RequestTelemetry telemetry, HostSharing sharing, IQuotas quotas)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var exchange = new Exchange(context.TraceIdentifier, timeProvider.GetTimestamp(), DirectivesOf(context.Request))
        {
            SharesHosts = sharing.IsOn,
        };
        context.Features.Set(exchange);
        context.Features.Set<IFailureNote>(exchange);
        // At the start of the answer, because the error handler clears the headers before it writes its own.
        context.Response.OnStarting(ExchangeHeaders.WriteAsync, new ExchangeHeaders(context.Response, exchange, quotas, timeProvider));
        // Disposed last, so that a request has been logged when it is no longer counted.
        using var running = drain.Enter(context.RequestAborted);
        context.Features.Set(running);
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.HasClientLeft())
        {
            // Only a failure after the answer had begun gets this far; everything else has been answered inside.
            log.NoteFailure(exchange, exception);
            throw;
        }
        finally
        {
            log.Write(context, exchange);
            telemetry.Record(context, exchange);
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
