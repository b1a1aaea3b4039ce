using System.Globalization;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Errors;

/// <summary>
/// The only place where an error becomes an answer: status, the dialect's body and the headers that control a client's retries.
/// </summary>
internal static class ErrorResponseWriter
{
    public const string RetryAfterMsHeader = "retry-after-ms";
    public const string ShouldRetryHeader = "x-should-retry";

    /// <summary>The SDKs do not wait longer, but give up, so a longer wait is useless.</summary>
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromSeconds(120);

    /// <param name="context">The response must not have started.</param>
    /// <param name="exception">The error to report.</param>
    /// <param name="status">Only for a status of the framework that has no row in the error table (408).</param>
    public static Task WriteAsync(HttpContext context, GatewayException exception, int? status = null)
    {
        var dialect = context.ErrorDialect();
        context.NoteError(exception);
        var body = dialect.ToBody(exception, context.TraceIdentifier);
        var response = context.Response;
        response.StatusCode = status ?? dialect.StatusOf(exception);
        response.ContentType = dialect.ContentType;
        response.ContentLength = body.Length;
        SetRetryHeaders(response.Headers, exception);
        return response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>The queue limits its waits itself, and adds a part at random so that not all clients come back at once.</summary>
    private static bool IsSpread(GatewayError error) =>
        error is GatewayError.TooManyWaiting or GatewayError.QueueFull or GatewayError.QueueTimeout;

    private static void SetRetryHeaders(IHeaderDictionary headers, GatewayException exception)
    {
        if (exception.RetryAfter is { } asked)
        {
            var wait = asked > MaxRetryAfter && !IsSpread(exception.Error) ? MaxRetryAfter : asked;
            var seconds = Math.Max(1, Math.Ceiling(wait.TotalSeconds));
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            headers[RetryAfterMsHeader] = Math.Ceiling(wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        }

        if (exception.FailsAgain)
        {
            // OpenAI's clients retry on 408, 409, 429 and every 5xx unless this header forbids it.
            headers[ShouldRetryHeader] = "false";
        }
    }
}
