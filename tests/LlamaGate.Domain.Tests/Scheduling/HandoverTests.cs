using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Tests.Scheduling;

public sealed class HandoverTests
{
    private readonly World _world = new(new SchedulerOptions { Slots = 1, QueueTimeout = TimeSpan.FromSeconds(100) });

    [Fact]
    public void Adopt_RunningCall_KeepsItsSlotUntilItEnds()
    {
        var (running, waiting) = (_world.Arrive("ann"), _world.Arrive("bob"));
        _world.Replace();
        var (kept, next) = (_world.Adopt(running), _world.Adopt(waiting));
        _world.Do(() => _world.Scheduler.EndRecovery(_world.Now));

        Assert.Equal((CallState.Running, "gpu1", CallState.Waiting), (kept.State, kept.Host, next.State));
        _world.End(kept);
        Assert.Equal(CallState.Running, next.State);
    }

    [Fact]
    public void Adopt_WaitingCall_KeepsItsArrivalAndItsDeadline()
    {
        _world.Arrive("ann");
        var waiting = _world.Arrive("bob");
        _world.Pass(60);
        _world.Replace();
        var kept = _world.Adopt(waiting);
        _world.Pass(39);

        Assert.Equal((CallState.Waiting, TimeSpan.Zero), (kept.State, kept.ArrivedAt));
        _world.Pass(2);
        Assert.Equal(RefusalReason.QueueTimeout, _world.Refused[kept].Reason);
    }

    [Fact]
    public void Arrive_InRecovery_WaitsUntilItEnds()
    {
        _world.Replace();
        var call = _world.Arrive("ann");

        Assert.Equal(CallState.Waiting, call.State);
        _world.Do(() => _world.Scheduler.EndRecovery(_world.Now));
        Assert.Equal(CallState.Running, call.State);
    }

    [Fact]
    public void Restore_SeveralMemories_TheHighestCount()
    {
        var (ann, bob) = (new Principal("ann", "ann"), new Principal("bob", "bob"));
        _world.Replace();
        _world.Do(() =>
        {
            _world.Scheduler.Restore(_world.Now, ann, counter: 7, virtualTime: 5);
            _world.Scheduler.Restore(_world.Now, ann, counter: 6, virtualTime: 6);
        });
        Assert.Equal(6, _world.Scheduler.State.Order.VirtualTime);
        var (later, first) = (_world.Arrive("ann", who: ann), _world.Arrive("bob", who: bob));
        _world.Do(() => _world.Scheduler.EndRecovery(_world.Now));

        // A newcomer stands at the virtual time, which is before those who remember more.
        Assert.Equal((CallState.Running, CallState.Waiting), (first.State, later.State));
        Assert.Equal(7, later.Owner.Counter);
    }

    [Fact]
    public void Adopt_HostNotKnown_IsOver()
    {
        _world.Replace();
        var call = _world.Scheduler.Adopt(
            _world.Now, new CallSpec(new Principal("ann", "ann"), "a"), new CallHistory { Host = "gone", Cost = 1, Attempts = 1 });

        Assert.Equal(CallState.Over, call.State);
    }

    [Fact]
    public void Adopt_LearnedSlots_AreKnownAgain()
    {
        var world = new World(new SchedulerOptions { Slots = null });
        world.Replace();
        foreach (var name in new[] { "ann", "bob", "cid" })
        {
            world.Do(() => world.Scheduler.Adopt(
                world.Now, new CallSpec(new Principal(name, name), "a"), new CallHistory { Host = "gpu1", Cost = 1, IsTrial = name == "cid" }));
        }

        world.Do(() => world.Scheduler.EndRecovery(world.Now));
        Assert.Equal(2, SchedulerCounts.Of(world.Scheduler).Runners[0].Slots);
    }

    [Fact]
    public void Restore_WhatWasLearned_IsKnownAgain()
    {
        var world = new World(new SchedulerOptions { Slots = null });
        world.End(world.Arrive("ann"), new CallEnd { PromptTokens = 100, PromptSeconds = 50, CompletionTokens = 10, EvalSeconds = 20 });
        var learned = Assert.Single(world.Scheduler.ReadLearned());
        Assert.Equal((0.5, 2.0, 10.0), (learned.PromptSecondsPerToken, learned.EvalSecondsPerToken, learned.CompletionTokens));
        var shown = learned with { Hosts = [new LearnedHost("gpu1", LoadSeconds: 42, Slots: 3), new LearnedHost("gone", 1, 1)] };
        world.Replace();
        world.Do(() => world.Scheduler.Restore(world.Now, shown));
        world.Do(() => world.Scheduler.EndRecovery(world.Now));

        Assert.Equivalent(shown with { Hosts = [shown.Hosts[0]] }, Assert.Single(world.Scheduler.ReadLearned()), strict: true);
        Assert.Equal(3, SchedulerCounts.Of(world.Scheduler).Runners[0].Slots);
    }

    [Fact]
    public void Restore_AfterACallHasEnded_CountsLess()
    {
        _world.End(_world.Arrive("ann"), new CallEnd { CompletionTokens = 10, EvalSeconds = 20 });
        _world.Do(() => _world.Scheduler.Restore(_world.Now, new LearnedFigures("a") { EvalSecondsPerToken = 7, CompletionTokens = double.NaN }));

        Assert.Equal(2, Assert.Single(_world.Scheduler.ReadLearned()).EvalSecondsPerToken);
    }

    [Fact]
    public void Order_InRecovery_IsBusy()
    {
        _world.Replace();

        Assert.Equal(OrderResult.Busy, _world.Order(new HostOrder("gpu1", "a", Loads: true)).Result);
        Assert.Empty(_world.AllLoads);
    }
}
