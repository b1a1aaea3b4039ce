using LlamaGate.Domain.Errors;
using Microsoft.AspNetCore.Diagnostics;

namespace LlamaGate.Api.Errors;

/// <summary>
/// Answers every exception in OpenAI's envelope. Logs what an operator needs and never the text of an exception, which
/// may hold what a caller wrote: upstream failures by code and the safe detail, our own faults by type and stack.
/// The framework has already answered 499 when the caller left.
/// </summary>
internal sealed partial class GatewayExceptionHandler(
    ErrorTranslator translator, ILogger<GatewayExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var translated = translator.Translate(exception);
        Log(translated, exception);
        await ErrorResponseWriter.WriteAsync(httpContext, translated, StatusOf(exception));
        return true;
    }

    /// <summary>Kestrel's word on a bad request (408, 413 …) holds.</summary>
    private static int? StatusOf(Exception exception) => (exception as BadHttpRequestException)?.StatusCode;

    private void Log(GatewayException translated, Exception exception)
    {
        var code = ErrorTranslator.ToCode(translated);
        switch (translated.Error)
        {
            case GatewayError.Internal:
                LogInternal(exception);
                break;
            case GatewayError.UpstreamBusy or GatewayError.UpstreamUnreachable or GatewayError.UpstreamError
                or GatewayError.UpstreamIncomplete or GatewayError.UpstreamTimeout:
                LogUpstream(code, translated.LogDetail ?? "", translated.InnerException);
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

    [LoggerMessage(EventId = 42, EventName = "RequestRefused", Level = LogLevel.Debug,
        Message = "The request was refused: {Code} {Detail}")]
    private partial void LogRefused(string code, string detail);
}
