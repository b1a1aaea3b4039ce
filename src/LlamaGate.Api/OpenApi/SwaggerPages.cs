using System.Text;
using System.Text.Json;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.WebPages;
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
    private const string DocumentPath = $"{Prefix}/{OpenApiSetup.DocumentName}/swagger.json";

    // All of the UI comes from this server. Its styles are inline, its icons are data: URIs.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly WebFile Index = WebFile.Read("OpenApi/Ui/index.html");

    private static readonly Dictionary<string, WebFile> Files = new[]
    {
        WebFile.Read("OpenApi/Ui/gateway.css"),
        WithTags(WebFile.Read("OpenApi/Ui/gateway.js")),
        WebFile.Read("WebPages/mark.svg"),
    }.ToDictionary(file => $"{Prefix}/{file.Name}", StringComparer.Ordinal);

    public static void UseSwaggerPages(this WebApplication app) => app.Use(next =>
    {
        // Made at the first request for a page: the start does not pay for it.
        var pages = new Lazy<RequestDelegate>(() => Build(app, next));
        return context => context.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase)
            ? pages.Value(context)
            : next(context);
    });

    private static RequestDelegate Build(IApplicationBuilder app, RequestDelegate next)
    {
        var branch = app.New();
        branch.Use(AddHeaders).Use(ServeDocument).Use(ServeFile).UseSwaggerUI(Configure).Run(next);
        return branch.Build();
    }

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

    private static Task ServeFile(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || !Files.TryGetValue(context.Request.Path.Value ?? "", out var file))
        {
            return next(context);
        }

        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = file.Content.Length;
        context.Response.Headers.CacheControl = "no-cache";
        return context.Response.Body.WriteAsync(file.Content, context.RequestAborted).AsTask();
    }

    /// <summary>The script knows which tags are open at first; Swagger UI's own setting is the same for all.</summary>
    private static WebFile WithTags(WebFile script)
    {
        var tags = JsonSerializer.Serialize(ApiTag.All.Where(tag => tag.IsExpanded).Select(tag => tag.Name));
        return new WebFile(script.Name, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(script.Content)
            .Replace("const expandedTags = [];", $"const expandedTags = {tags};", StringComparison.Ordinal)));
    }

    private static void Configure(SwaggerUIOptions options)
    {
        options.DocumentTitle = "LlamaGate";
        options.IndexStream = static () => new MemoryStream(Index.Content, writable: false);
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
