using LlamaGate.Api.Errors;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using Microsoft.Net.Http.Headers;

namespace LlamaGate.Api.Admin;

/// <summary>
/// Hides the administration while no key opens it, and keeps web pages of other origins out: the credentials are a header, which no browser adds by
/// itself, so this is the second lock. It runs before routing, which would answer 405 where nothing may be, and after the path has its one spelling.
/// </summary>
internal sealed class AdminMiddleware(RequestDelegate next, ICallerDirectory callers)
{
    private const string SameOrigin = "same-origin";
    private const string Json = "application/json";

    /// <summary>The browser's word for a request that no page has caused.</summary>
    private const string NoPage = "none";

    private const string ForeignPage =
        "A web page of another origin may not use the administration. Behind a proxy, pass the Host header on as the browser sends it.";

    public Task InvokeAsync(HttpContext context)
    {
        if (!Routes.IsAdmin(context.Request.Path))
        {
            return next(context);
        }

        if (!callers.HasAdmin)
        {
            // As for any unknown path.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        if (!context.Request.Path.StartsWithSegments(Routes.AdminApi, StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        // No proxy and no browser may keep what it says.
        context.Response.Headers.CacheControl = "no-store";
        return IsForeign(context.Request)
            ? ErrorResponseWriter.WriteAsync(context, new GatewayException(GatewayError.OriginNotAllowed, ForeignPage))
            : HttpMethods.IsPost(context.Request.Method) && !IsJson(context.Request)
                ? throw new BadHttpRequestException("Not JSON.", StatusCodes.Status415UnsupportedMediaType)
                : next(context);
    }

    private static bool IsForeign(HttpRequest request)
    {
        var (origin, site) = (request.Headers.Origin, request.Headers["Sec-Fetch-Site"]);
        return (origin.Count > 0 && !IsOwn(origin.ToString(), request.Host.Value))
            || (site.Count > 0 && site != SameOrigin && site != NoPage);
    }

    /// <summary>The scheme is not compared: a proxy may end TLS.</summary>
    private static bool IsOwn(string origin, string? host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority.Equals(host, StringComparison.OrdinalIgnoreCase);

    /// <summary>Forms of web pages cannot send it without asking first.</summary>
    private static bool IsJson(HttpRequest request) => MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase);
}
