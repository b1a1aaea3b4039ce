namespace LlamaGate.Api.Paths;

/// <summary>
/// Sends a request to the route that its path means, see <see cref="MeantPath"/>. It runs before everything that reads the path;
/// the log, and the error for an unknown route, show the path as it was sent.
/// </summary>
internal sealed class PathMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var sent = context.Request.Path;
        var meant = MeantPath.Of(sent.Value ?? "");
        return string.Equals(meant.Path, sent.Value, StringComparison.Ordinal) ? next(context) : InvokeAsync(context, sent, meant);
    }

    private async Task InvokeAsync(HttpContext context, PathString sent, MeantPath meant)
    {
        if (meant.Deployment is { } name)
        {
            context.Features.Set(new NamedDeployment(name));
        }

        context.Request.Path = meant.Path;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Path = sent;
        }
    }
}
