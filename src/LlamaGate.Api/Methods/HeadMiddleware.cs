namespace LlamaGate.Api.Methods;

/// <summary>
/// Implements HEAD as GET without a body on every route that supports GET: the routes see GET, and the server, which saw
/// HEAD, sends no body. It runs before everything that reads the method. The log shows HEAD.
/// </summary>
internal sealed class HeadMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        HttpMethods.IsHead(context.Request.Method) ? InvokeAsGetAsync(context) : next(context);

    private async Task InvokeAsGetAsync(HttpContext context)
    {
        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
        }
    }
}
