using LlamaGate.Api.Lifetime;
using Microsoft.Net.Http.Headers;

namespace LlamaGate.Api.Errors;

/// <summary>
/// Answers every failure in the dialect of its endpoint: exceptions, and the statuses that routing and MVC set with an empty body (404, 405,
/// 415 …). It runs inside the exchange, whose log line reports the failure, and around everything that can fail. The
/// framework has a middleware for each of the two; combined, they cost a successful request only one asynchronous step.
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
            await AnswerAsync(context);
        }
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (UnknownRoute.IsMeant(context))
        {
            return UnknownRoute.AnswerAsync(context);
        }

        // Headers that are already set are kept, above all Allow.
        AllowHeadWithGet(context.Response.Headers);
        var status = context.Response.StatusCode;
        return ErrorResponseWriter.WriteAsync(context, translator.OfStatus(status), status);
    }

    /// <summary>Routing lists the routes' methods; HEAD works wherever GET does.</summary>
    private static void AllowHeadWithGet(IHeaderDictionary headers)
    {
        var methods = headers.GetCommaSeparatedValues(HeaderNames.Allow);
        if (methods.Contains(HttpMethods.Get, StringComparer.Ordinal))
        {
            headers.Allow = string.Join(", ", [.. methods, HttpMethods.Head]);
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
        // Kestrel's status for a bad request (408, 413 …) is kept.
        var status = exception is BadHttpRequestException bad ? bad.StatusCode : (int?)null;
        await ErrorResponseWriter.WriteAsync(context, failures.Report(context, exception), status);
    }

    private static bool IsBareFailure(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400 and < 600, ContentLength: null } && string.IsNullOrEmpty(response.ContentType);
}
