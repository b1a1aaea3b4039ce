using System.Threading.RateLimiting;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.RateLimiting;

/// <summary>
/// One leaky bucket per client. The framework removes buckets that have been empty for some seconds, so their number is
/// limited to the clients of those seconds.
/// </summary>
internal sealed class ClientBuckets : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _buckets;

    public ClientBuckets(GatewaySettings settings, TimeProvider timeProvider)
    {
        // One delegate for all requests.
        Func<ClientPartition, RateLimiter> create = partition => new LeakyBucketRateLimiter(partition.RequestsPerSecond, timeProvider);
        _buckets = PartitionedRateLimiter.Create<HttpContext, ClientPartition>(
            context => RateLimitPartition.Get(ClientPartition.Of(context, settings.RateLimitRps), create));
    }

    public LeakyBucketLease Acquire(HttpContext context) => (LeakyBucketLease)_buckets.AttemptAcquire(context);

    public void Dispose() => _buckets.Dispose();
}
