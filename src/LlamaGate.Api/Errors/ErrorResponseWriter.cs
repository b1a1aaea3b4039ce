using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Errors;

/// <summary>
/// The one place where an error becomes bytes: status, envelope and the headers that steer a client's retry.
/// </summary>
internal static class ErrorResponseWriter
{
    public const string RetryAfterMsHeader = "retry-after-ms";
    public const string ShouldRetryHeader = "x-should-retry";

    /// <summary>The SDKs do not wait longer, but give up: a longer wait would help nobody.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(120);

    // Relaxed: the body is JSON for programs, never part of a page; people read quotes and arrows, not \u0027.
    private static readonly OpenAIErrorJsonContext Json = new(
        new JsonSerializerOptions(OpenAIErrorJsonContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

    public static byte[] ToBytes(OpenAIErrorBody body) =>
        JsonSerializer.SerializeToUtf8Bytes(new OpenAIError(body), Json.OpenAIError);

    public static byte[] ToBytes(OllamaError error) => JsonSerializer.SerializeToUtf8Bytes(error, Json.OllamaError);

    /// <param name="context">The response must not have started.</param>
    /// <param name="exception">What to say.</param>
    /// <param name="status">Only for a status of the framework that has no row in the error table (408).</param>
    public static Task WriteAsync(HttpContext context, GatewayException exception, int? status = null)
    {
        var facts = context.RequestServices.GetRequiredService<ExchangeFacts>();
        facts.ErrorCode = ErrorTranslator.ToCode(exception);
        facts.ErrorParam = exception.Param;
        var bytes = OllamaError.IsSpokenAt(context.Request.Path)
            ? ToBytes(new OllamaError(exception.Message))
            : ToBytes(ErrorTranslator.ToBody(exception));
        var response = context.Response;
        response.StatusCode = status ?? ErrorDescription.Of(exception.Error).Status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        SetRetryHeaders(response.Headers, exception);
        return response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    private static void SetRetryHeaders(IHeaderDictionary headers, GatewayException exception)
    {
        if (exception.RetryAfter is { } asked)
        {
            var wait = asked > LongestRetryAfter ? LongestRetryAfter : asked;
            var seconds = Math.Max(1, Math.Ceiling(wait.TotalSeconds));
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            headers[RetryAfterMsHeader] = Math.Ceiling(wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        }

        if (exception.Error is GatewayError.UpstreamIncomplete)
        {
            // The repetition guard strikes again on the same prompt; a retry only burns the GPU.
            headers[ShouldRetryHeader] = "false";
        }
    }
}
