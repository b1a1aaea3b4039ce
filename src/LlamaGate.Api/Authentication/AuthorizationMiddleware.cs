using LlamaGate.Api.Errors;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Errors;
using Microsoft.AspNetCore.Authorization;

namespace LlamaGate.Api.Authentication;

/// <summary>
/// Answers 401 if a key is required and no valid one was sent, and 403 if the key is no admin's and must be. It runs after the rate limiter, so that wrong keys are limited too,
/// and right before the endpoints, whose metadata says whether they need a key: all do except those marked with
/// <see cref="AllowAnonymousAttribute"/>. Keys are never echoed or logged.
/// </summary>
internal sealed class AuthorizationMiddleware(RequestDelegate next, ICallerDirectory directory)
{
    private const string MissingKey =
        "An API key is required: send it as \"Authorization: Bearer <key>\" or as \"X-API-Key: <key>\".";
    private const string WrongKey = "The API key is wrong.";
    private const string ExpiredKey = "The API key has expired.";
    private const string DisabledKey = "The API key is disabled.";
    private const string AdminKey = "This is ADMIN_KEY, which gives access only to /admin and /metrics. Send another key here.";
    private const string NoAdmin = "This key may not administer the gateway. Send ADMIN_KEY, or a key of KEYS_FILE with \"admin\": true.";

    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (!NeedsKey(endpoint) || (endpoint?.Metadata.GetMetadata<OpenToThisMachineAttribute>() is not null && ThisMachine.Sent(context.Request)))
        {
            return next(context);
        }

        if (context.Features.Get<Caller>() is not { } caller)
        {
            return RefuseAsync(context, ReasonFor(PresentedKeys.Of(context.Request.Headers, directory, out _)));
        }

        var isForAdmins = endpoint?.Metadata.GetMetadata<AdminOnlyAttribute>() is not null;
        return caller.Policy.IsAdminOnly && !isForAdmins ? RefuseAsync(context, AdminKey)
            : isForAdmins && !caller.Policy.IsAdmin ? ForbidAsync(context)
            : next(context);
    }

    /// <summary>A missing endpoint, and the endpoints with which routing answers 405, have none of our metadata and need no key.</summary>
    private static bool NeedsKey(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IAuthorizeData>() is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;

    /// <summary>Written, not thrown: wrong keys should cost as little as possible.</summary>
    private static Task RefuseAsync(HttpContext context, string reason)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ErrorResponseWriter.WriteAsync(context, new GatewayException(GatewayError.InvalidApiKey, reason));
    }

    private static Task ForbidAsync(HttpContext context) =>
        ErrorResponseWriter.WriteAsync(context, new GatewayException(GatewayError.AdminOnly, NoAdmin));

    /// <summary>Only a caller who sends the key itself learns that it has expired or is disabled.</summary>
    private static string ReasonFor(PresentedKey key) => key switch
    {
        PresentedKey.Missing => MissingKey,
        PresentedKey.Expired => ExpiredKey,
        PresentedKey.Disabled => DisabledKey,
        _ => WrongKey,
    };
}
