using LlamaGate.Api.Errors;
using LlamaGate.Api.Logging;
using LlamaGate.Application.Abstractions;
using Serilog.Core;
using Serilog.Events;

namespace LlamaGate.Api.RequestLogging;

/// <summary>
/// Writes one line per request when it ends, a stream's last frame and a caller's early leaving included. It stands
/// right inside the request id, which the line needs, and outside of everything that can fail, so that no request is
/// without its line. What the exchange was about comes from <see cref="ExchangeFacts"/>.
/// </summary>
internal sealed class RequestLoggingMiddleware(
    RequestDelegate next, TimeProvider timeProvider, ErrorTranslator translator, Logger logger)
{
    private readonly Serilog.ILogger _logger = logger.ForContext<RequestLoggingMiddleware>();

    public async Task InvokeAsync(HttpContext context, ExchangeFacts facts)
    {
        var started = timeProvider.GetTimestamp();
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.HasClientLeft())
        {
            // Only what broke an answer that had begun comes this far; everything else has been answered inside.
            facts.ErrorCode ??= ErrorTranslator.ToCode(translator.Translate(exception));
            throw;
        }
        finally
        {
            Log(new RequestLogEntry(context, facts, timeProvider.GetElapsedTime(started), timeProvider.GetUtcNow()));
        }
    }

    /// <summary>To Serilog itself: the framework's loggers take an event apart into properties, and this one is a whole.</summary>
    private void Log(RequestLogEntry entry)
    {
        if (_logger.IsEnabled(entry.Level))
        {
            _logger.Write(new LogEvent(
                entry.EndedAt, entry.Level, exception: null, MessageTemplate.Empty, [new LogEventProperty(LogLine.Request, entry)]));
        }
    }
}
