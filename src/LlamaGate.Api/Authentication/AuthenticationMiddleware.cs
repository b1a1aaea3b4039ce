using LlamaGate.Api.Routing;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.Authentication;

/// <summary>
/// Identifies the caller and sets the feature <see cref="Caller"/> if it is known; refuses nobody. It runs before the
/// rate limiter, which counts all holders of a key as one client. There is one scheme: the framework's search
/// for a scheme's handler would cost several times as much as finding the key.
/// </summary>
internal sealed class AuthenticationMiddleware(RequestDelegate next, ICallerDirectory directory, Callers callers)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!directory.IsKeyRequired && !Routes.IsAdministration(context.Request.Path))
        {
            context.Features.Set(callers.Anonymous);
        }
        else if (PresentedKeys.Of(context.Request.Headers, directory, out var caller) is PresentedKey.Valid)
        {
            context.Features.Set(caller);
        }

        return next(context);
    }
}
