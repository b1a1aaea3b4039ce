using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.Authentication;

/// <summary>
/// Finds out who is calling and lets everybody pass: whom it knows it leaves as the feature <see cref="Caller"/>. It stands before the
/// rate limiter, to which a key's holder is one client wherever it calls from. There is one scheme and one key: the framework's search
/// for a scheme's handler would cost a request several times what the comparing of its key does.
/// </summary>
internal sealed class AuthenticationMiddleware(RequestDelegate next, ApiKeyVerifier verifier, Callers callers)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!verifier.IsRequired)
        {
            context.Features.Set(callers.Anonymous);
        }
        else if (PresentedKeys.Of(context.Request.Headers, verifier) is PresentedKey.Valid)
        {
            context.Features.Set(callers.KeyHolder);
        }

        return next(context);
    }
}
