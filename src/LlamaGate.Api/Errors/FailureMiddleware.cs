using LlamaGate.Api.Lifetime;

namespace LlamaGate.Api.Errors;

/// <summary>
/// Answers every failure in the dialect of its endpoint: what was thrown, and the statuses that routing and MVC set with an empty body (404, 405,
/// 415 …). It stands inside the exchange, whose line in the log tells what it found out, and around everything that can fail. The
/// framework has a middleware for each of the two; as one, they cost a request that does not fail one asynchronous step.
/// </summary>
internal sealed class FailureMiddleware(RequestDelegate next, ErrorTranslator translator, FailureReport failures)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, exception);
            return;
        }

        if (IsBareFailure(context.Response) && !context.HasClientLeft())
        {
            var status = context.Response.StatusCode;
            // Headers that came with it, Allow above all, stay.
            await ErrorResponseWriter.WriteAsync(context, translator.OfStatus(status), status);
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        var response = context.Response;
        response.Clear();
        if (context.HasClientLeft() && exception is OperationCanceledException or IOException)
        {
            response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }

        response.Headers.CacheControl = "no-cache, no-store";
        // Kestrel's word on a bad request (408, 413 …) holds.
        var status = exception is BadHttpRequestException bad ? bad.StatusCode : (int?)null;
        await ErrorResponseWriter.WriteAsync(context, failures.Report(context, exception), status);
    }

    private static bool IsBareFailure(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400 and < 600, ContentLength: null } && string.IsNullOrEmpty(response.ContentType);
}
