using LlamaGate.Api.Errors;
using LlamaGate.Api.Logging;
using Serilog.Core;
using Serilog.Events;

namespace LlamaGate.Api.Requests;

/// <summary>
/// Writes one line per request when it ends, including a stream's last frame and an early disconnect. The facts
/// come from <see cref="Exchange"/>.
/// </summary>
internal sealed class RequestLog(TimeProvider timeProvider, ErrorTranslator translator, Logger logger)
{
    private readonly Serilog.ILogger _logger = logger.ForContext<RequestLog>();

    /// <summary>Records for the line why an answer broke off after it had begun.</summary>
    public void NoteFailure(Exchange exchange, Exception exception) =>
        exchange.ErrorCode ??= ErrorTranslator.ToCode(translator.Translate(exception));

    /// <summary>Directly to Serilog: the framework's loggers split an event into properties, and this one is a single value.</summary>
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
