using Microsoft.AspNetCore.Diagnostics;

namespace LlamaGate.Api.Errors;

/// <summary>
/// Gives the statuses that routing and MVC set with an empty body (404, 405, 415 …) their envelope. Headers that came
/// with them, <c>Allow</c> above all, stay. Stands inside the exception handler, whose answers have bodies.
/// </summary>
internal static class StatusEnvelopes
{
    public static IApplicationBuilder UseStatusEnvelopes(this IApplicationBuilder app) => app.UseStatusCodePages(WriteAsync);

    private static Task WriteAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        if (context.Response.StatusCode == StatusCodes.Status499ClientClosedRequest)
        {
            return Task.CompletedTask;
        }

        var translator = context.RequestServices.GetRequiredService<ErrorTranslator>();
        var code = context.Response.StatusCode;
        return ErrorResponseWriter.WriteAsync(context, translator.OfStatus(code), code);
    }
}
