using CsCheck;
using LlamaGate.Api.RateLimiting;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Api.Tests.RateLimiting;

public class LeakyBucketRateLimiterTests
{
    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData("0.5", 1)]
    [InlineData("1", 1)]
    [InlineData("2.5", 3)]
    [InlineData("10", 10)]
    public void AttemptAcquire_FullBucket_PassesTheBurstAndNoMore(string rps, int burst)
    {
        using var limiter = Create(rps);
        for (var i = burst - 1; i >= 0; i--)
        {
            var lease = Acquire(limiter);
            Assert.Equal((true, i), (lease.IsAcquired, lease.Remaining));
        }

        Assert.False(Acquire(limiter).IsAcquired);
    }

    [Fact]
    public void AttemptAcquire_AfterRefusal_PassesExactlyWhenPromised()
    {
        using var limiter = Create("0.5");
        Assert.True(Acquire(limiter).IsAcquired);
        var refused = Acquire(limiter);
        Assert.Equal((false, TimeSpan.FromSeconds(2)), (refused.IsAcquired, refused.RetryAfter));

        _clock.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.Equal(TimeSpan.FromTicks(1), Acquire(limiter).RetryAfter);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(Acquire(limiter).IsAcquired);
    }

    [Fact]
    public void AttemptAcquire_HalfDrained_TellsRemainingAndReset()
    {
        using var limiter = Create("10");
        for (var i = 0; i < 10; i++)
        {
            Acquire(limiter);
        }

        _clock.Advance(TimeSpan.FromMilliseconds(450));
        var lease = Acquire(limiter);
        Assert.Equal((3, TimeSpan.FromMilliseconds(650)), (lease.Remaining, lease.Reset));
    }

    [Fact]
    public void AttemptAcquire_AfterALongRest_PassesTheBurstAndNoMore()
    {
        using var limiter = Create("3");
        Acquire(limiter);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => Acquire(limiter).IsAcquired));
    }

    [Fact]
    public void AttemptAcquire_RefusedAgainAndAgain_CostsNothing()
    {
        using var limiter = Create("1");
        Acquire(limiter);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(TimeSpan.FromSeconds(1), Acquire(limiter).RetryAfter);
        }
    }

    [Fact]
    public void AttemptAcquire_AnyRhythm_NeverPassesMoreThanRateAndBurst() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[0, 400].Array[1, 200]).Sample((rps, pauses) =>
        {
            var clock = new FakeTimeProvider();
            using var limiter = new LeakyBucketRateLimiter(rps, clock);
            var passed = 0;
            var elapsed = 0;
            foreach (var pause in pauses)
            {
                clock.Advance(TimeSpan.FromMilliseconds(pause));
                elapsed += pause;
                passed += Acquire(limiter).IsAcquired ? 1 : 0;
            }

            // The interval is cut to 100 ns; one part in a million is the price.
            return passed <= new BucketSize(rps).Burst + Math.Ceiling(rps * elapsed / 1000.0 * 1.00001);
        });

    [Fact]
    public void IdleDuration_BucketNotEmpty_IsNullAndThenGrows()
    {
        using var limiter = Create("1");
        Acquire(limiter);
        Assert.Null(limiter.IdleDuration);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(4), limiter.IdleDuration);
    }

    private static LeakyBucketLease Acquire(LeakyBucketRateLimiter limiter) =>
        (LeakyBucketLease)limiter.AttemptAcquire();

    private LeakyBucketRateLimiter Create(string rps) =>
        new(decimal.Parse(rps, System.Globalization.CultureInfo.InvariantCulture), _clock);
}
