using LlamaGate.Api.Errors;
using LlamaGate.Api.RateLimiting;
using LlamaGate.Api.Requests;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace LlamaGate.Api.Cors;

/// <summary>
/// Lets web pages call, by the framework's middleware. It stands before routing and authentication: a browser asks first, without a key
/// and by a method that no route takes, and that must cost no room in the rate limit. It writes its headers when an answer starts, so
/// that errors and streams have them too.
/// </summary>
internal static class CorsSetup
{
    /// <summary>As long as Ollama lets a browser remember the answer.</summary>
    private static readonly TimeSpan PreflightAge = TimeSpan.FromHours(12);

    /// <summary>What scripts may read of an answer, besides what the specification lets them.</summary>
    public static IReadOnlyList<string> ExposedHeaders { get; } =
    [
        RequestIdMiddleware.HeaderName,
        HeaderNames.RetryAfter,
        ErrorResponseWriter.RetryAfterMsHeader,
        ErrorResponseWriter.ShouldRetryHeader,
        RateLimitingMiddleware.LimitHeader,
        RateLimitingMiddleware.RemainingHeader,
        RateLimitingMiddleware.ResetHeader,
        ExchangeHeaders.CacheHeader,
        ExchangeHeaders.IgnoredHeader,
        ExchangeHeaders.ContextHeader,
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

    private static void Configure(CorsPolicyBuilder policy, OriginPolicy origins) => policy
        .SetIsOriginAllowed(origins.Allows)
        .AllowAnyMethod()
        // Clients invent some.
        .AllowAnyHeader()
        .WithExposedHeaders([.. ExposedHeaders])
        .SetPreflightMaxAge(PreflightAge);
}
