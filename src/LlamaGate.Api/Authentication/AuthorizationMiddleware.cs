using LlamaGate.Api.Errors;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Errors;
using Microsoft.AspNetCore.Authorization;

namespace LlamaGate.Api.Authentication;

/// <summary>
/// Answers 401 if a key is required and no valid one was sent. It runs after the rate limiter, so that wrong keys are limited too,
/// and right before the endpoints, whose metadata says whether they need a key: all do except those marked with
/// <see cref="AllowAnonymousAttribute"/>. Keys are never echoed or logged.
/// </summary>
internal sealed class AuthorizationMiddleware(RequestDelegate next, ICallerDirectory directory)
{
    private const string MissingKey =
        "An API key is needed: send it as \"Authorization: Bearer <key>\" or as \"X-API-Key: <key>\".";
    private const string WrongKey = "The API key is wrong.";
    private const string ExpiredKey = "The API key has expired.";
    private const string DisabledKey = "The API key is disabled.";

    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<Caller>() is not null || !NeedsKey(context.GetEndpoint()) ? next(context) : RefuseAsync(context);

    /// <summary>A missing endpoint, and the endpoints with which routing answers 405, have none of our metadata and need no key.</summary>
    private static bool NeedsKey(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IAuthorizeData>() is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;

    /// <summary>Written, not thrown: wrong keys should cost as little as possible.</summary>
    private Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ErrorResponseWriter.WriteAsync(context, new GatewayException(
            GatewayError.InvalidApiKey, ReasonFor(PresentedKeys.Of(context.Request.Headers, directory, out _))));
    }

    /// <summary>Only a caller who sends the key itself learns that it has expired or is disabled.</summary>
    private static string ReasonFor(PresentedKey key) => key switch
    {
        PresentedKey.Missing => MissingKey,
        PresentedKey.Expired => ExpiredKey,
        PresentedKey.Disabled => DisabledKey,
        _ => WrongKey,
    };
}
