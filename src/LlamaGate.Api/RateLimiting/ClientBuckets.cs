using System.Threading.RateLimiting;
using LlamaGate.Api.Configuration;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.RateLimiting;

/// <summary>
/// One leaky bucket per client. The framework removes buckets that have been empty for some seconds, so their number is
/// limited to the clients of those seconds. Of several gateways each grants its part of the limit.
/// </summary>
internal sealed class ClientBuckets : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _buckets;

    public ClientBuckets(GatewaySettings settings, ICluster cluster, TimeProvider timeProvider)
    {
        // One delegate for all requests.
        Func<ClientPartition, RateLimiter> create = partition => new LeakyBucketRateLimiter(partition.RequestsPerSecond, timeProvider);
        _buckets = PartitionedRateLimiter.Create<HttpContext, ClientPartition>(
            context => RateLimitPartition.Get(ClientPartition.Of(context, settings.RateLimitRps).DividedBy(cluster.State?.LiveReplicas ?? 1), create));
    }

    public LeakyBucketLease Acquire(HttpContext context) => (LeakyBucketLease)_buckets.AttemptAcquire(context);

    public void Dispose() => _buckets.Dispose();
}
