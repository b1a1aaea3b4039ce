using System.Threading.RateLimiting;

namespace LlamaGate.Api.RateLimiting;

/// <summary>
/// A leaky bucket as a meter (GCRA): its whole state is one number, the time at which the bucket will be empty. The
/// framework's token bucket refills on timer ticks, does not accept a clock and does not say when it will be full
/// again; this one is exact, needs no timer and solves all three.
/// </summary>
/// <param name="requestsPerSecond">The steady rate; may be below 1.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class LeakyBucketRateLimiter(decimal requestsPerSecond, TimeProvider timeProvider) : RateLimiter
{
    private readonly Lock _lock = new();
    private readonly long _start = timeProvider.GetTimestamp();
    private readonly long _interval = Math.Max(1, (long)(TimeSpan.TicksPerSecond / requestsPerSecond));
    private readonly BucketSize _size = new(requestsPerSecond);
    private long _emptyAt;
    private long _successful;
    private long _failed;

    /// <summary>
    /// How long the bucket has been empty: the partition is removed after a while. Null while it is not empty.
    /// </summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_lock)
            {
                var idle = Now() - _emptyAt;
                return idle >= 0 ? TimeSpan.FromTicks(idle) : null;
            }
        }
    }

    public override RateLimiterStatistics GetStatistics()
    {
        lock (_lock)
        {
            return new RateLimiterStatistics
            {
                CurrentAvailablePermits = FreeSlots(Math.Max(_emptyAt, Now()) - Now()),
                TotalSuccessfulLeases = _successful,
                TotalFailedLeases = _failed,
            };
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_lock)
        {
            var now = Now();
            var emptyAt = Math.Max(_emptyAt, now);
            var filled = emptyAt + (permitCount * _interval);
            var overflow = filled - now - (_size.Burst * _interval);
            if (overflow > 0)
            {
                _failed++;
                return Lease(isAcquired: false, emptyAt - now, overflow);
            }

            _emptyAt = filled;
            _successful++;
            return Lease(isAcquired: true, filled - now, 0);
        }
    }

    /// <summary>No queue: a waiting request would hold its body in memory to gain a second.</summary>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(
        int permitCount, CancellationToken cancellationToken) => ValueTask.FromResult(AttemptAcquireCore(permitCount));

    private LeakyBucketLease Lease(bool isAcquired, long level, long wait) =>
        new(_size, isAcquired, FreeSlots(level), TimeSpan.FromTicks(level), TimeSpan.FromTicks(wait));

    private int FreeSlots(long level) => (int)(((_size.Burst * _interval) - level) / _interval);

    private long Now() => timeProvider.GetElapsedTime(_start).Ticks;
}
