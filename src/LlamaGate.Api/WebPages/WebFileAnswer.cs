using Microsoft.Net.Http.Headers;

namespace LlamaGate.Api.WebPages;

/// <summary>Sends a file of a page, with headers that allow the page nothing but its own files and this server.</summary>
internal static class WebFileAnswer
{
    /// <summary>No inline script or style, nothing from elsewhere, no text that becomes markup, no frame around it.</summary>
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>200 with the file, or 304 when the browser has it already. It asks each time, so that an update shows at once.</summary>
    public static Task WriteAsync(HttpContext context, WebFile file)
    {
        var response = context.Response;
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers[HeaderNames.XFrameOptions] = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-cache";
        headers.ETag = file.ETag;
        if (IsKnown(context.Request, file))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = file.ContentType;
        response.ContentLength = file.Content.Length;
        return response.Body.WriteAsync(file.Content, context.RequestAborted).AsTask();
    }

    private static bool IsKnown(HttpRequest request, WebFile file) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(tag => tag.Compare(EntityTagHeaderValue.Parse(file.ETag), useStrongComparison: false));
}
