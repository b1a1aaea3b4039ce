using LlamaGate.Api.Logging;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Errors;
using Serilog.Context;

namespace LlamaGate.Api.Errors;

/// <summary>
/// Logs a failure with the facts that an operator needs, never with an exception's message, which may contain a caller's text: upstream
/// failures with code and safe detail, internal faults with type and stack.
/// </summary>
internal sealed partial class FailureReport(ErrorTranslator translator, ILogger<FailureReport> logger)
{
    /// <summary>The error for the caller, after it has been logged.</summary>
    public GatewayException Report(HttpContext context, Exception exception)
    {
        var translated = translator.Translate(exception);
        using (LogContext.PushProperty(LogProperties.RequestId, context.TraceIdentifier))
        {
            Log(translated, exception);
        }

        return HideForbidden(context, translated);
    }

    /// <summary>The same for a stream whose status has been sent.</summary>
    public GatewayException ReportInStream(HttpContext context, Exception exception)
    {
        var translated = Report(context, exception);
        context.NoteError(translated);
        return translated;
    }

    /// <summary>The error may come from a call that another caller began, who may use the model that it suggests.</summary>
    private static GatewayException HideForbidden(HttpContext context, GatewayException failure) =>
        failure.Suggestion is { } suggestion && context.Features.Get<Caller>()?.Policy.Models.Allows(suggestion.Model) is false
            ? new GatewayException(failure.Error, suggestion.MessageWithout, failure.InnerException) { Field = failure.Field }
            : failure;

    private void Log(GatewayException translated, Exception exception)
    {
        var code = ErrorTranslator.ToCode(translated);
        switch (translated.Error)
        {
            case GatewayError.Internal:
                LogInternal(exception);
                break;
            case GatewayError.UpstreamRefused or GatewayError.UpstreamLimited or GatewayError.UpstreamBusy or GatewayError.UpstreamUnreachable or GatewayError.UpstreamError
                or GatewayError.UpstreamIncomplete or GatewayError.UpstreamTimeout or GatewayError.NoHost:
                var detail = translated.LogDetail ?? (translated.UpstreamStatus is { } status ? $"status {status}" : "");
                LogUpstream(code, detail, translated.InnerException);
                break;
            case GatewayError.ContextLengthExceeded:
                LogOverflow(translated.LogDetail ?? "");
                break;
            case GatewayError.AccountsUnavailable:
                LogAccounts(translated.LogDetail ?? "");
                break;
            default:
                LogRefused(code, translated.LogDetail ?? "");
                break;
        }
    }

    [LoggerMessage(EventId = 40, EventName = "InternalError", Level = LogLevel.Error, Message = "The request failed")]
    private partial void LogInternal(Exception exception);

    [LoggerMessage(EventId = 41, EventName = "UpstreamFailed", Level = LogLevel.Warning,
        Message = "Ollama failed: {Code} {Detail}")]
    private partial void LogUpstream(string code, string detail, Exception? cause);

    [LoggerMessage(EventId = 43, EventName = "ContextExceeded", Level = LogLevel.Information,
        Message = "The prompt does not fit the model's context. To make room, raise num_ctx with MODEL_OPTIONS, or OLLAMA_CONTEXT_LENGTH, " +
            "or set CONTEXT_OVERFLOW=truncate. {Detail}")]
    private partial void LogOverflow(string detail);

    [LoggerMessage(EventId = 44, EventName = "AccountsUnread", Level = LogLevel.Warning,
        Message = "The accounts could not be read for a request: {Detail}")]
    private partial void LogAccounts(string detail);

    [LoggerMessage(EventId = 42, EventName = "RequestRefused", Level = LogLevel.Debug,
        Message = "The request was refused: {Code} {Detail}")]
    private partial void LogRefused(string code, string detail);
}
