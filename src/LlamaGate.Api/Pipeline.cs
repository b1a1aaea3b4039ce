using LlamaGate.Api.Authentication;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Forwarding;
using LlamaGate.Api.HostNames;
using LlamaGate.Api.Methods;
using LlamaGate.Api.OpenApi;
using LlamaGate.Api.Paths;
using LlamaGate.Api.RateLimiting;
using LlamaGate.Api.Requests;

namespace LlamaGate.Api;

/// <summary>
/// The middleware pipeline, defined once. Each class comment explains the middleware's position.
/// </summary>
internal static class Pipeline
{
    public static IReadOnlyList<(string Name, Action<WebApplication> Use)> Steps { get; } =
    [
        ("forwarded-for", app => app.UseForwardedFor()),
        ("request-id", app => app.UseMiddleware<RequestIdMiddleware>()),
        ("exchange", app => app.UseMiddleware<ExchangeMiddleware>()),
        ("failures", app => app.UseMiddleware<FailureMiddleware>()),
        ("host-names", app => app.UseHostNames()),
        ("cors", app => app.UseCors()),
        ("head", app => app.UseMiddleware<HeadMiddleware>()),
        ("path", app => app.UseMiddleware<PathMiddleware>()),
        ("swagger", app => app.UseSwaggerPages()),
        ("routing", app => app.UseRouting()),
        ("authentication", app => app.UseMiddleware<AuthenticationMiddleware>()),
        ("rate-limit", app => app.UseMiddleware<RateLimitingMiddleware>()),
        ("authorization", app => app.UseMiddleware<AuthorizationMiddleware>()),
        ("controllers", app => app.MapControllers().RequireAuthorization()),
    ];

    public static void UseGatewayPipeline(this WebApplication app)
    {
        foreach (var (_, use) in Steps)
        {
            use(app);
        }
    }
}
