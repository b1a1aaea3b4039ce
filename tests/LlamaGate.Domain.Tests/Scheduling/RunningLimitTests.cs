using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Tests.Scheduling;

/// <summary>Estimates for principals that may run only some calls at once.</summary>
public sealed class RunningLimitTests
{
    private const int Slots = 3;

    private readonly World _world = Warm();

    [Theory]
    [InlineData(1, new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 })]
    [InlineData(2, new[] { 1, 1, 2, 2, 3, 3, 4, 4, 5, 5 })]
    [InlineData(5, new[] { 1, 1, 1, 2, 2, 2, 3, 3, 3 })]
    public void Describe_CallsOfALimitedKey_AreOneAfterTheOther(int most, int[] expected)
    {
        var waiting = ArriveMany(12, "limited", most).Where(call => call.State is CallState.Waiting).ToArray();

        Assert.Equal(expected, waiting.Select(call => Turns(Eta(call), call)));
        Assert.Equal(expected, waiting.Select(call => Turns(call.Expected!.Value, call)));
        Assert.Equal(Enumerable.Range(1, expected.Length), waiting.Select(call => _world.Scheduler.Describe(_world.Now, call).Position));
    }

    [Fact]
    public void Describe_BehindALimitedKey_GetsTheSlotsThatItLeaves()
    {
        ArriveMany(6, "limited", most: 1);
        ArriveMany(2, "p");
        var calls = ArriveMany(5, "q");

        // One slot is the limited key's, which has as many calls.
        Assert.Equal([1, 1, 2, 2, 3], calls.Select(call => Turns(Eta(call), call)));
        Assert.Equal([1, 1, 2, 2, 3], calls.Select(call => Turns(call.Expected!.Value, call)));
    }

    [Fact]
    public void Arrive_AboveItsOwnBacklog_IsNextInItsLane()
    {
        ArriveMany(8, "limited", most: 1, KeyPriority.Low);
        var call = Arrive("limited", most: 1);
        Assert.Equal((1, 1), (Turns(call.Expected!.Value, call), Turns(Eta(call), call)));
    }

    [Fact]
    public void Arrive_LimitedKeyWaitsForAnotherModel_IsBehindThoseCalls()
    {
        ArriveMany(4, "limited", most: 1);
        var call = _world.Arrive("limited", "b", Short, new Principal("limited", "limited") { MaxRunning = 1 });
        Assert.Equal((4, 4), (Turns(call.Expected!.Value, call), Turns(Eta(call), call)));
    }

    [Fact]
    public void Arrive_LimitWouldMakeItWaitFarTooLong_IsRefusedAtOnce()
    {
        var world = Warm(TimeSpan.FromSeconds(10));
        var principal = new Principal("limited", "limited") { MaxRunning = 1 };
        var calls = Enumerable.Range(0, 20).Select(_ => world.Arrive("limited", with: Short, who: principal)).ToArray();

        var waiting = (int)(1.5 * 10 / calls[0].Cost);
        Assert.Equal(calls[(waiting + 1)..], world.Refused.Keys);
        Assert.All(world.Refused.Values, refusal => Assert.Equal(RefusalReason.QueueTimeout, refusal.Reason));
    }

    /// <summary>The estimate of a long queue is used again for a while.</summary>
    [Fact]
    public void Arrive_EstimateIsNotMadeAnew_StandsBehindItsOwnCalls()
    {
        for (var i = 0; i < 500; i++)
        {
            Arrive($"p{i}");
        }

        var last = ArriveMany(100, "limited", most: 1)[^1];
        Assert.InRange(Turns(last.Expected!.Value, last), 95, 300);
    }

    private static World Warm(TimeSpan? queueTimeout = null) => new(
        new SchedulerOptions { Slots = Slots, QueueTimeout = queueTimeout ?? TimeSpan.FromHours(1) },
        new FakeHost("gpu1", room: 2) { Loaded = { ["a"] = 4096, ["b"] = 4096 } });

    private static CallSpec Short(CallSpec spec) => spec with { MaxTokens = 30 };

    /// <summary>In calls of the same length.</summary>
    private static int Turns(TimeSpan wait, CallTicket call) => (int)Math.Round(wait.TotalSeconds / call.Cost);

    private TimeSpan Eta(CallTicket call) => _world.Scheduler.Describe(_world.Now, call).Eta;

    private CallTicket[] ArriveMany(int count, string name, int? most = null, KeyPriority? priority = null) =>
        [.. Enumerable.Range(0, count).Select(_ => Arrive(name, most, priority))];

    private CallTicket Arrive(string name, int? most = null, KeyPriority? priority = null) => _world.Arrive(
        name, with: spec => Short(spec) with { Priority = priority }, who: new Principal(name, name) { MaxRunning = most });
}
