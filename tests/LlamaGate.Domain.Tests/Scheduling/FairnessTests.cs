using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Tests.Scheduling;

public sealed class FairnessTests
{
    private readonly World _world = new();

    [Fact]
    public void Grant_OneFloods_OthersTakeTurnsWithIt()
    {
        for (var i = 0; i < 20; i++)
        {
            _world.Arrive("flood");
        }

        _world.Arrive("polite");

        Assert.Equal(["flood", "polite", "flood"], Serve(3));
    }

    [Fact]
    public void Grant_WeightsOneTwoFour_SharesFollow()
    {
        foreach (var (name, weight) in new[] { ("one", 1.0), ("two", 2.0), ("four", 4.0) })
        {
            for (var i = 0; i < 100; i++)
            {
                _world.Arrive(name, who: new Principal(name, name) { Weight = weight });
            }
        }

        var served = Serve(70).GroupBy(name => name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

        Assert.InRange(served["one"], 9, 11);
        Assert.InRange(served["two"], 19, 21);
        Assert.InRange(served["four"], 39, 41);
    }

    [Fact]
    public void Grant_CallsCostMoreThanEstimated_TheirPrincipalWaitsLonger()
    {
        for (var i = 0; i < 30; i++)
        {
            _world.Arrive("long");
            _world.Arrive("short");
        }

        var served = new List<string>();
        while (served.Count < 24)
        {
            var call = _world.Granted[^1];
            served.Add(call.Spec.Principal.Id);
            _world.End(call, seconds: call.Spec.Principal.Id == "long" ? 6 : 2);
        }

        Assert.InRange(served.Count(name => name == "short"), 16, 19);
    }

    [Fact]
    public void Arrive_AfterALongAbsence_DoesNotGetTheMissedTime()
    {
        for (var i = 0; i < 50; i++)
        {
            _world.Arrive("busy");
        }

        _world.Arrive("other");
        Serve(40);
        for (var i = 0; i < 20; i++)
        {
            _world.Arrive("other");
        }

        Assert.InRange(Serve(10).Count(name => name == "other"), 4, 6);
    }

    [Fact]
    public void Arrive_OwesMoreThanFairMemory_IsForgiven()
    {
        var call = _world.Arrive("greedy");
        _world.End(call, seconds: 10_000, tokens: 300_000);
        _world.Arrive("other", with: Short);
        _world.Arrive("other", with: Short);
        _world.Arrive("greedy", with: Short);

        // It owes 60 s at most, and a call of the other costs some 9 s.
        Assert.Contains("greedy", ServeEstimated(9), StringComparer.Ordinal);
    }

    [Fact]
    public void Arrive_ManyPrincipalsWhileNobodyWaits_AreForgotten()
    {
        for (var i = 0; i < 5000; i++)
        {
            _world.End(_world.Arrive($"p{i}"), seconds: 1);
            _world.Pass(1);
        }

        Assert.InRange(_world.Scheduler.State.Model("a").Recent.Count, 1, 1000);
    }

    [Fact]
    public void Leave_WhileWaiting_CostsNothing()
    {
        _world.Arrive("a");
        var left = _world.Arrive("b");
        var stays = _world.Arrive("c");
        _world.Leave(left);

        Assert.Equal(CallState.Over, left.State);
        Assert.Equal(["a", "c"], Serve(2));
        Assert.Equal(CallState.Over, stays.State);
    }

    [Fact]
    public void Grant_KeyMayRunOne_OthersGetTheSecondSlot()
    {
        var world = new World(new SchedulerOptions { Slots = 2 });
        var limited = new Principal("limited", "limited") { MaxRunning = 1 };
        world.Arrive("limited", who: limited);
        var second = world.Arrive("limited", who: limited);
        var other = world.Arrive("other");

        Assert.Equal(CallState.Waiting, second.State);
        Assert.Equal(CallState.Running, other.State);

        world.End(world.Granted[0]);
        Assert.Equal(CallState.Running, second.State);
    }

    [Fact]
    public void Grant_PartOfAnEarlierRequest_KeepsItsPlace()
    {
        _world.Arrive("other");
        _world.Pass(1);
        var first = _world.Arrive("a");
        var part = _world.Arrive("a", with: spec => spec with { ArrivedAt = TimeSpan.Zero });

        _world.End(_world.Granted[0]);

        Assert.Equal(CallState.Running, part.State);
        Assert.Equal(CallState.Waiting, first.State);
    }

    private List<string> ServeEstimated(int count)
    {
        var served = new List<string>();
        for (var i = 0; i < count && _world.Granted.LastOrDefault(call => call.State is CallState.Running) is { } call; i++)
        {
            served.Add(call.Spec.Principal.Id);
            _world.End(call, call.Cost, tokens: 256);
            _world.Arrive("other", with: Short);
        }

        return served;
    }

    private static CallSpec Short(CallSpec spec) => spec with { MaxTokens = 256 };

    private List<string> Serve(int count)
    {
        var served = new List<string>();
        while (served.Count < count)
        {
            var call = _world.Granted[^1];
            served.Add(call.Spec.Principal.Id);
            _world.End(call, call.Cost, tokens: 256);
        }

        return served;
    }
}
