using System.Globalization;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Errors;

/// <summary>
/// The one place where an error becomes an answer: status, the dialect's body and the headers that steer a client's retry.
/// </summary>
internal static class ErrorResponseWriter
{
    public const string RetryAfterMsHeader = "retry-after-ms";
    public const string ShouldRetryHeader = "x-should-retry";

    /// <summary>The SDKs do not wait longer, but give up: a longer wait would help nobody.</summary>
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromSeconds(120);

    /// <param name="context">The response must not have started.</param>
    /// <param name="exception">What to say.</param>
    /// <param name="status">Only for a status of the framework that has no row in the error table (408).</param>
    public static Task WriteAsync(HttpContext context, GatewayException exception, int? status = null)
    {
        var dialect = context.ErrorDialect();
        context.NoteError(exception);
        var body = dialect.ToBody(exception);
        var response = context.Response;
        response.StatusCode = status ?? dialect.StatusOf(exception);
        response.ContentType = dialect.ContentType;
        response.ContentLength = body.Length;
        SetRetryHeaders(response.Headers, exception);
        return response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static void SetRetryHeaders(IHeaderDictionary headers, GatewayException exception)
    {
        if (exception.RetryAfter is { } asked)
        {
            var wait = asked > MaxRetryAfter ? MaxRetryAfter : asked;
            var seconds = Math.Max(1, Math.Ceiling(wait.TotalSeconds));
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            headers[RetryAfterMsHeader] = Math.Ceiling(wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        }

        if (exception.FailsAgain)
        {
            // OpenAI's clients send a request again at 408, 409, 429 and every 5xx unless they are told not to.
            headers[ShouldRetryHeader] = "false";
        }
    }
}
