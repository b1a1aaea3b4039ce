using LlamaGate.Api.Errors;
using LlamaGate.Api.Logging;
using Serilog.Core;
using Serilog.Events;

namespace LlamaGate.Api.Requests;

/// <summary>
/// Writes one line per request when it ends, a stream's last frame and a caller's early leaving included. What the exchange was about
/// comes from <see cref="Exchange"/>.
/// </summary>
internal sealed class RequestLog(TimeProvider timeProvider, ErrorTranslator translator, Logger logger)
{
    private readonly Serilog.ILogger _logger = logger.ForContext<RequestLog>();

    /// <summary>Remembers for the line why an answer broke off that had begun.</summary>
    public void NoteFailure(Exchange exchange, Exception exception) =>
        exchange.ErrorCode ??= ErrorTranslator.ToCode(translator.Translate(exception));

    /// <summary>To Serilog itself: the framework's loggers take an event apart into properties, and this one is a whole.</summary>
    public void Write(HttpContext context, Exchange exchange)
    {
        var entry = new RequestLogEntry(
            context, exchange, timeProvider.GetElapsedTime(exchange.StartedAt), timeProvider.GetUtcNow());
        if (_logger.IsEnabled(entry.Level))
        {
            _logger.Write(new LogEvent(
                entry.EndedAt, entry.Level, exception: null, MessageTemplate.Empty, [new LogEventProperty(LogLine.Request, entry)]));
        }
    }
}
