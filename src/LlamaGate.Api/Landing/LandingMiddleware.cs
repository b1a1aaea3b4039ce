using LlamaGate.Api.WebPages;
using LlamaGate.Application.Abstractions;
using Microsoft.Net.Http.Headers;

namespace LlamaGate.Api.Landing;

/// <summary>
/// Shows a person whose browser opens / what this server is. A browser accepts <c>text/html</c> by name; for everything else, such as
/// Ollama's clients, / stays what it is. It runs before routing, because it shares its path with Ollama's API, and before
/// authentication, because it explains how to send a key.
/// </summary>
internal sealed class LandingMiddleware(RequestDelegate next, ICallerDirectory callers)
{
    private const string Html = "text/html";

    private static readonly PathString Assets = "/landing";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method))
        {
            return next(context);
        }

        if (request.Path == "/" && AcceptsHtml(request))
        {
            context.Response.Headers.Vary = HeaderNames.Accept;
            return WebFileAnswer.WriteAsync(context, LandingFiles.Page(callers.HasAdmin));
        }

        return FindAsset(request.Path) is { } asset ? WebFileAnswer.WriteAsync(context, asset) : next(context);
    }

    private static WebFile? FindAsset(PathString path) =>
        path.StartsWithSegments(Assets, StringComparison.Ordinal, out var rest) && rest.Value is ['/', .. var name]
            ? LandingFiles.FindAsset(name)
            : null;

    private static bool AcceptsHtml(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Any(type => type.MediaType.Equals(Html, StringComparison.OrdinalIgnoreCase) && type.Quality is not 0);
}
