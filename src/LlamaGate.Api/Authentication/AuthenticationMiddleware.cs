namespace LlamaGate.Api.Authentication;

/// <summary>
/// Finds out who is calling and lets everybody pass. It stands before the rate limiter, to which a key's holder is one client wherever
/// it calls from. There is one scheme and one key: the framework's search for a scheme's handler would cost a request several times
/// what the comparing of its key does.
/// </summary>
internal sealed class AuthenticationMiddleware(RequestDelegate next, ApiKeyVerifier verifier)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!verifier.IsRequired)
        {
            context.User = CallerIdentity.Anonymous;
        }
        else if (PresentedKeys.Of(context.Request.Headers, verifier) is PresentedKey.Right)
        {
            context.User = CallerIdentity.KeyHolder;
        }

        return next(context);
    }
}
