using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Scheduling;

namespace LlamaGate.Infrastructure.Tests.Scheduling;

public sealed class RefusalsTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);
    private static readonly GatewayException NoHost = new(GatewayError.NoHost, "none");

    [Theory]
    [InlineData(RefusalReason.TooManyWaiting, GatewayError.TooManyWaiting)]
    [InlineData(RefusalReason.QueueFull, GatewayError.QueueFull)]
    [InlineData(RefusalReason.QueueTimeout, GatewayError.QueueTimeout)]
    [InlineData(RefusalReason.ShuttingDown, GatewayError.ShuttingDown)]
    [InlineData(RefusalReason.LoadFailed, GatewayError.UpstreamError)]
    public void Refusal_OfTheQueue_SaysWhenToComeBackAndNotToAllTheSame(RefusalReason reason, GatewayError error)
    {
        var failures = Enumerable.Range(0, 50).Select(_ => ToException(new Refusal(reason, Wait))).ToArray();

        Assert.All(failures, failure => Assert.Equal(error, failure.Error));
        Assert.All(failures, failure => Assert.InRange(failure.RetryAfter!.Value, Wait, Wait * 1.2));
        Assert.True(failures.DistinctBy(failure => failure.RetryAfter).Count() > 1);
    }

    /// <summary>Retry-After is at most two minutes; the wait is what it is.</summary>
    [Fact]
    public void Refusal_BecauseOfALongWait_SaysTheWholeWait()
    {
        var failure = ToException(new Refusal(RefusalReason.QueueTimeout, Wait) { Wait = TimeSpan.FromSeconds(460) });

        Assert.StartsWith("The request would have to wait for about 460 s, which", failure.Message, StringComparison.Ordinal);
        Assert.InRange(failure.RetryAfter!.Value, Wait, Wait * 1.2);
    }

    [Fact]
    public void Refusal_ForWantOfAHost_IsThatOfTheHosts() =>
        Assert.Same(NoHost, ToException(new Refusal(RefusalReason.NoHost, Wait)));

    [Fact]
    public void Refusal_OfARemovedKey_IsThatOfAWrongKey()
    {
        var failure = ToException(new Refusal(RefusalReason.KeyRemoved, Wait));

        Assert.Equal((GatewayError.InvalidApiKey, null), (failure.Error, failure.RetryAfter));
    }

    [Fact]
    public void Refusal_OfAFailedLoad_IsItsFailureForEachCall()
    {
        var cause = new GatewayException(GatewayError.UpstreamError, "out of memory") { UpstreamStatus = 500, LogDetail = "status 500" };

        var failure = ToException(new Refusal(RefusalReason.LoadFailed, Wait) { Cause = cause });

        Assert.NotSame(cause, failure);
        Assert.Equal(
            (cause.Error, cause.Message, cause.UpstreamStatus, cause.LogDetail),
            (failure.Error, failure.Message, failure.UpstreamStatus, failure.LogDetail));
        Assert.InRange(failure.RetryAfter!.Value, Wait, Wait * 1.2);
    }

    [Theory]
    [InlineData(GatewayError.UpstreamError, true)]
    [InlineData(GatewayError.ModelNotFound, false)]
    public void Refusal_OfALoadThatFailsAgain_NamesNoTime(GatewayError error, bool failsAgain)
    {
        var cause = new GatewayException(error, "no") { FailsAgain = failsAgain };

        Assert.Null(ToException(new Refusal(RefusalReason.LoadFailed, Wait) { Cause = cause }).RetryAfter);
    }

    [Fact]
    public void Refusal_OfALoad_KeepsTheTimeThatOllamaNamed()
    {
        var cause = new GatewayException(GatewayError.UpstreamBusy, "busy") { RetryAfter = TimeSpan.FromSeconds(3) };

        Assert.Equal(cause.RetryAfter, ToException(new Refusal(RefusalReason.LoadFailed, Wait) { Cause = cause }).RetryAfter);
    }

    [Fact]
    public void Refusal_AfterAWait_SaysHowLongItWas()
    {
        var failure = Refusals.ToException(maxWaiting: 1, TimeSpan.FromSeconds(20), new Refusal(RefusalReason.QueueTimeout, Wait), () => NoHost);

        Assert.StartsWith("The request waited for 20 s,", failure.Message, StringComparison.Ordinal);
    }

    private static GatewayException ToException(Refusal refusal) => Refusals.ToException(maxWaiting: 1, queueTimeout: null, refusal, () => NoHost);
}
