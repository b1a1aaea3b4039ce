using Microsoft.AspNetCore.Diagnostics;

namespace LlamaGate.Api.Errors;

/// <summary>
/// Answers every exception in OpenAI's envelope. The framework has already answered 499 when the caller left.
/// </summary>
internal sealed class GatewayExceptionHandler(FailureReport failures) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        await ErrorResponseWriter.WriteAsync(httpContext, failures.Report(httpContext, exception), StatusOf(exception));
        return true;
    }

    /// <summary>Kestrel's word on a bad request (408, 413 …) holds.</summary>
    private static int? StatusOf(Exception exception) => exception is BadHttpRequestException bad ? bad.StatusCode : null;
}
