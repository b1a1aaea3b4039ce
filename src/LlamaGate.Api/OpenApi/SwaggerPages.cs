using Microsoft.Net.Http.Headers;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace LlamaGate.Api.OpenApi;

/// <summary>
/// Swagger UI at /swagger and the document at /swagger/v1/swagger.json. It runs before routing and authentication: it answers
/// its own paths, without a key, because the page explains how to authenticate, and passes everything else on.
/// </summary>
internal static class SwaggerPages
{
    private const string Prefix = "/swagger";
    private const string ScriptPath = $"{Prefix}/{TagsScript.Name}";
    private const string DocumentPath = $"{Prefix}/{OpenApiSetup.DocumentName}/swagger.json";

    // All of the UI comes from this server. Its styles are inline, its icons are data: URIs.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // Lists with the size of the text around them; no choice of documents, since there is only one.
    private const string Styles =
        "<style>.renderedMarkdown li { font-size: 14px; line-height: 1.5; margin: 4px 0 } "
        + ".swagger-ui .topbar .download-url-wrapper { display: none } "
        + ".swagger-ui .topbar-wrapper { justify-content: space-between }</style>";

    public static void UseSwaggerPages(this WebApplication app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase),
        swagger => swagger.Use(AddHeaders).Use(ServeDocument).Use(ServeScript).UseSwaggerUI(Configure));

    private static Task AddHeaders(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers[HeaderNames.XFrameOptions] = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static async Task ServeDocument(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || context.Request.Path != DocumentPath)
        {
            await next(context);
            return;
        }

        var shared = context.RequestServices.GetRequiredService<SharedDocument>();
        var document = await shared.GetAsync(context.RequestAborted);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = document.Length;
        context.Response.Headers.CacheControl = "no-cache";
        await context.Response.Body.WriteAsync(document, context.RequestAborted);
    }

    private static Task ServeScript(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || context.Request.Path != ScriptPath)
        {
            return next(context);
        }

        context.Response.ContentType = "text/javascript; charset=utf-8";
        context.Response.ContentLength = TagsScript.Text.Length;
        context.Response.Headers.CacheControl = "no-cache";
        return context.Response.Body.WriteAsync(TagsScript.Text, context.RequestAborted).AsTask();
    }

    private static void Configure(SwaggerUIOptions options)
    {
        options.DocumentTitle = "LlamaGate";
        // Deferred: it runs when the scripts of the page are there, and before they are started. Relative, as the document below.
        options.HeadContent = Styles + $"<script src=\"./{TagsScript.Name}\" defer></script>";
        // Relative, so that it also works behind a proxy that adds a path.
        options.SwaggerEndpoint($"{OpenApiSetup.DocumentName}/swagger.json", "LlamaGate");
        options.EnableTryItOutByDefault();
        options.EnablePersistAuthorization();
        options.DisplayRequestDuration();
        options.EnableDeepLinking();
        options.DocExpansion(DocExpansion.List);
        options.DefaultModelExpandDepth(2);
        options.DefaultModelsExpandDepth(0);
        // The online validator would learn about a private server.
        options.ConfigObject.ValidatorUrl = null;
    }
}
