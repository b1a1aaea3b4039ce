using LlamaGate.Api.Errors;
using LlamaGate.Api.Paths;
using LlamaGate.Api.RateLimiting;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace LlamaGate.Api.Cors;

/// <summary>
/// Lets web pages call, with the framework's middleware. It runs before routing and authentication: a browser's preflight request has no
/// key and a method that no route accepts, and must not count against the rate limit. The middleware writes its headers when an answer
/// starts, so that errors and streams have them too.
/// </summary>
internal static class CorsSetup
{
    /// <summary>How long a browser may cache the answer; the same as in Ollama.</summary>
    private static readonly TimeSpan PreflightAge = TimeSpan.FromHours(12);

    /// <summary>The headers that scripts may read, in addition to those that the specification allows.</summary>
    public static IReadOnlyList<string> ExposedHeaders { get; } =
    [
        RequestIdMiddleware.HeaderName,
        AnthropicErrorDialect.RequestIdHeader,
        HeaderNames.RetryAfter,
        ErrorResponseWriter.RetryAfterMsHeader,
        ErrorResponseWriter.ShouldRetryHeader,
        RateLimitingMiddleware.LimitHeader,
        RateLimitingMiddleware.RemainingHeader,
        RateLimitingMiddleware.ResetHeader,
        QuotaHeaders.TokenLimit,
        QuotaHeaders.TokensRemaining,
        QuotaHeaders.TokensReset,
        QuotaHeaders.AnthropicTokenLimit,
        QuotaHeaders.AnthropicTokensRemaining,
        QuotaHeaders.AnthropicTokensReset,
        QuotaHeaders.GpuSecondLimit,
        QuotaHeaders.GpuSecondsRemaining,
        QuotaHeaders.GpuSecondsReset,
        ExchangeHeaders.CacheHeader,
        ExchangeHeaders.IgnoredHeader,
        ExchangeHeaders.EstimateHeader,
        ExchangeHeaders.ContextHeader,
        ExchangeHeaders.HostHeader,
        ExchangeHeaders.QueueHeader,
        ExchangeHeaders.ProcessingHeader,
        ServerTiming.HeaderName,
    ];

    public static IServiceCollection AddGatewayCors(this IServiceCollection services)
    {
        services.AddSingleton<OriginPolicy>();
        services.AddOptions<CorsOptions>().Configure<OriginPolicy>((options, origins) =>
            options.AddDefaultPolicy(policy => Configure(policy, origins)));
        return services.AddCors();
    }

    /// <summary>The administration is for its own page only, whatever CORS_ORIGINS allows.</summary>
    public static void UseGatewayCors(this WebApplication app) => app.UseWhen(
        context => !Routes.IsAdministration(MeantPath.Of(context.Request.Path.Value ?? "").Path),
        others => others.UseCors());

    private static void Configure(CorsPolicyBuilder policy, OriginPolicy origins) => policy
        .SetIsOriginAllowed(origins.Allows)
        .AllowAnyMethod()
        // Any header: clients invent their own.
        .AllowAnyHeader()
        .WithExposedHeaders([.. ExposedHeaders])
        .SetPreflightMaxAge(PreflightAge);
}
