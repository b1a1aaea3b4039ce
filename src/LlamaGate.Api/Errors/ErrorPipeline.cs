using LlamaGate.Api.RequestLogging;
using Microsoft.AspNetCore.Diagnostics;

namespace LlamaGate.Api.Errors;

/// <summary>
/// The two middlewares that turn failures into envelopes. They stand inside the request log, which reads what they
/// found out, and around everything that can fail.
/// </summary>
internal static class ErrorPipeline
{
    /// <summary>
    /// Exceptions, through <see cref="GatewayExceptionHandler"/>; it handles all, so nothing is left.
    /// </summary>
    public static IApplicationBuilder UseGatewayExceptions(this IApplicationBuilder app) =>
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = _ => Task.CompletedTask });

    /// <summary>
    /// The statuses that routing and MVC set with an empty body (404, 405, 415 …). Headers that came with them,
    /// <c>Allow</c> above all, stay.
    /// </summary>
    public static IApplicationBuilder UseStatusEnvelopes(this IApplicationBuilder app) =>
        app.UseStatusCodePages(WriteEnvelopeAsync);

    private static Task WriteEnvelopeAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        var code = context.Response.StatusCode;
        if (context.HasClientLeft())
        {
            return Task.CompletedTask;
        }

        var translator = context.RequestServices.GetRequiredService<ErrorTranslator>();
        return ErrorResponseWriter.WriteAsync(context, translator.OfStatus(code), code);
    }
}
