namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Counts the requests that a shutdown waits for. It stands outside the request log, so that a request has been logged
/// when it is no longer counted.
/// </summary>
internal sealed class DrainMiddleware(RequestDelegate next, Drain drain)
{
    public async Task InvokeAsync(HttpContext context)
    {
        drain.Enter();
        try
        {
            await next(context);
        }
        finally
        {
            drain.Leave();
        }
    }
}
