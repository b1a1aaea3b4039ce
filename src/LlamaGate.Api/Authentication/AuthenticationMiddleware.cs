using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.Authentication;

/// <summary>
/// Identifies the caller and sets the feature <see cref="Caller"/> if it is known; refuses nobody. It runs before the
/// rate limiter, which counts all holders of a key as one client. There is one scheme and one key: the framework's search
/// for a scheme's handler would cost several times as much as comparing the key.
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
