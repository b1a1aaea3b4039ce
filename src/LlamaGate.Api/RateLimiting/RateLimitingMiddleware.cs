using System.Globalization;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Routing;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.RateLimiting;

/// <summary>
/// One leaky bucket per client, key or address, for everything under /v1, /api and /admin/api. It
/// runs after authentication, because all holders of a key are one
/// client, and before authorization, because requests with wrong keys must be limited too.
/// Health routes and Swagger are under none of these and so are never limited.
/// </summary>
internal sealed class RateLimitingMiddleware(RequestDelegate next, ClientBuckets buckets)
{
    public const string LimitHeader = "x-ratelimit-limit-requests";
    public const string RemainingHeader = "x-ratelimit-remaining-requests";
    public const string ResetHeader = "x-ratelimit-reset-requests";

    public Task InvokeAsync(HttpContext context)
    {
        if (!Routes.IsLimited(context.Request.Path))
        {
            return next(context);
        }

        // Not disposed: a lease of a leaky bucket is only a decision, and holds no resource.
        var lease = buckets.Acquire(context);
        AnnounceOnStart(context.Response, lease);
        return lease.IsAcquired ? next(context) : RefuseAsync(context, lease);
    }

    /// <summary>Written, not thrown: an exception per request would be most expensive during a flood.</summary>
    private static Task RefuseAsync(HttpContext context, LeakyBucketLease lease) =>
        ErrorResponseWriter.WriteAsync(context, new GatewayException(
            GatewayError.RateLimited, $"Too many requests: the limit is {lease.Bucket.RequestsPerSecond} per second. Slow down.")
        {
            RetryAfter = lease.RetryAfter,
        });

    /// <summary>
    /// At the start of the answer, because the error handler clears the headers before it writes its own.
    /// </summary>
    private static void AnnounceOnStart(HttpResponse response, LeakyBucketLease lease) => response.OnStarting(() =>
    {
        var headers = response.Headers;
        headers[LimitHeader] = lease.Bucket.BurstText;
        headers[RemainingHeader] = lease.Remaining.ToString(CultureInfo.InvariantCulture);
        headers[ResetHeader] = GoDuration.Format(RoundedUp(lease.Reset));
        return Task.CompletedTask;
    });

    private static TimeSpan RoundedUp(TimeSpan time) =>
        TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));
}
