using LlamaGate.Api.Errors;
using LlamaGate.Api.Logging;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.RequestLogging;

/// <summary>
/// Writes one line per request when it ends, a stream's last frame and a caller's early leaving included. It stands
/// right inside the request id, which the line needs, and outside of everything that can fail, so that no request is
/// without its line. What the exchange was about comes from <see cref="ExchangeFacts"/>.
/// </summary>
internal sealed partial class RequestLoggingMiddleware(
    RequestDelegate next,
    TimeProvider timeProvider,
    ErrorTranslator translator,
    ILogger<RequestLoggingMiddleware> logger)
{
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

    private void Log(in RequestLogEntry entry)
    {
        var level = entry.Level;
        if (logger.IsEnabled(level))
        {
            var facts = entry.Facts;
            LogEnded(
                level, entry.Method, entry.Path, entry.Status, entry.Latency, entry.Ip, entry.Time, entry.Model,
                facts.Stream, entry.Cache, facts.Usage?.PromptTokens, facts.Usage?.CompletionTokens, entry.TtftMs,
                entry.UpstreamMs, facts.ErrorCode);
        }
    }

    [LoggerMessage(EventId = 60, EventName = LogLine.RequestEnded, Message =
        "{Method} {Path} {Status} {Latency} {Ip} {Time} {Model} {Stream} {Cache} {PromptTokens} {CompletionTokens} "
        + "{TtftMs} {UpstreamMs} {Error}")]
    private partial void LogEnded(
        LogLevel level, string method, string path, int status, string latency, string ip, long time, string? model,
        bool? stream, string? cache, int? promptTokens, int? completionTokens, long? ttftMs, long? upstreamMs,
        string? error);
}
