using LlamaGate.Api.Admin;
using LlamaGate.Api.Authentication;
using LlamaGate.Api.Cors;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Forwarding;
using LlamaGate.Api.HostNames;
using LlamaGate.Api.Landing;
using LlamaGate.Api.Methods;
using LlamaGate.Api.OpenApi;
using LlamaGate.Api.Paths;
using LlamaGate.Api.RateLimiting;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Telemetry;

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
        ("trace", app => app.UseMiddleware<TraceMiddleware>()),
        ("exchange", app => app.UseMiddleware<ExchangeMiddleware>()),
        ("failures", app => app.UseMiddleware<FailureMiddleware>()),
        ("host-names", app => app.UseHostNames()),
        ("cors", app => app.UseGatewayCors()),
        ("head", app => app.UseMiddleware<HeadMiddleware>()),
        ("path", app => app.UseMiddleware<PathMiddleware>()),
        ("admin", app => app.UseMiddleware<AdminMiddleware>()),
        ("swagger", app => app.UseSwaggerPages()),
        ("landing", app => app.UseMiddleware<LandingMiddleware>()),
        ("routing", app => app.UseRouting()),
        ("authentication", app => app.UseMiddleware<AuthenticationMiddleware>()),
        ("rate-limit", app => app.UseMiddleware<RateLimitingMiddleware>()),
        ("authorization", app => app.UseMiddleware<AuthorizationMiddleware>()),
        ("metrics", app => app.MapMetrics()),
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
