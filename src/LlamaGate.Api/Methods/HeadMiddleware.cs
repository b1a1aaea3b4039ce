namespace LlamaGate.Api.Methods;

/// <summary>
/// Makes HEAD what HTTP says it is, GET without a body, on every route that takes GET: the routes see GET, and the server, which saw
/// HEAD, sends no body. It stands before all that looks at the method. The log tells HEAD.
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
