using System.Threading.RateLimiting;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.RateLimiting;

/// <summary>
/// One leaky bucket per client. The framework removes buckets that have been empty for some seconds, so their number is
/// limited to the clients of those seconds.
/// </summary>
internal sealed class ClientBuckets(GatewaySettings settings, TimeProvider timeProvider) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _buckets = PartitionedRateLimiter.Create<HttpContext, string>(
        context => RateLimitPartition.Get(
            ClientPartition.Of(context), _ => new LeakyBucketRateLimiter(settings.RateLimitRps, timeProvider)));

    public LeakyBucketLease Acquire(HttpContext context) => (LeakyBucketLease)_buckets.AttemptAcquire(context);

    public void Dispose() => _buckets.Dispose();
}
