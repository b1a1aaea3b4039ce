using System.Globalization;
using System.Threading.RateLimiting;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Errors;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.RateLimiting;

/// <summary>
/// One leaky bucket per client for everything under /v1. It stands after authentication, because a key's holder is one
/// client wherever it calls from, and before authorisation, because guessing keys must cost something too.
/// Health routes and Swagger are not under /v1 and so are never limited.
/// </summary>
internal sealed class RateLimitingMiddleware(RequestDelegate next, GatewaySettings settings, TimeProvider timeProvider)
    : IDisposable
{
    public const string LimitHeader = "x-ratelimit-limit-requests";
    public const string RemainingHeader = "x-ratelimit-remaining-requests";
    public const string ResetHeader = "x-ratelimit-reset-requests";

    private readonly string _limit =
        LeakyBucketRateLimiter.BurstOf(settings.RateLimitRps).ToString(CultureInfo.InvariantCulture);

    // The framework forgets partitions whose buckets have been empty for a while, so their number stays bounded.
    private readonly PartitionedRateLimiter<HttpContext> _buckets = PartitionedRateLimiter.Create<HttpContext, string>(
        context => RateLimitPartition.Get(
            ClientPartition.Of(context), _ => new LeakyBucketRateLimiter(settings.RateLimitRps, timeProvider)));

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        using var lease = (LeakyBucketLease)_buckets.AttemptAcquire(context);
        AnnounceOnStart(context.Response, lease);
        if (lease.IsAcquired)
        {
            await next(context);
            return;
        }

        // Written, not thrown: a flood is when an exception per request would cost most.
        await ErrorResponseWriter.WriteAsync(context, new GatewayException(
            GatewayError.RateLimited, $"Too many requests: the limit is {settings.RateLimitRps} per second. Slow down.")
        {
            RetryAfter = lease.RetryAfter,
        });
    }

    public void Dispose() => _buckets.Dispose();

    /// <summary>At the start of the answer, because the error handler empties the headers before it writes its own.</summary>
    private void AnnounceOnStart(HttpResponse response, LeakyBucketLease lease) => response.OnStarting(() =>
    {
        var headers = response.Headers;
        headers[LimitHeader] = _limit;
        headers[RemainingHeader] = lease.Remaining.ToString(CultureInfo.InvariantCulture);
        headers[ResetHeader] = GoDuration.Format(TimeSpan.FromMilliseconds(Math.Ceiling(lease.Reset.TotalMilliseconds)));
        return Task.CompletedTask;
    });
}
