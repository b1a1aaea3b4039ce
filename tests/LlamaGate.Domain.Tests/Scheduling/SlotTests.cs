using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Tests.Scheduling;

public sealed class SlotTests
{
    private readonly World _world = new(new SchedulerOptions());

    [Fact]
    public void Learn_CallsDoNotWaitInside_FindsTheSlots()
    {
        // The host has three slots: a fourth call waits inside until another ends.
        Play(slots: 3, calls: 40);

        Assert.Equal(3, Runner.Slots.Known);
    }

    [Fact]
    public void Learn_OneSlot_StaysAtOneAfterThreeTrials()
    {
        Play(slots: 1, calls: 30);

        Assert.Equal(1, Runner.Slots.Known);
        Assert.Equal(3, _trials);
    }

    [Fact]
    public void Learn_EmbeddingModel_StaysAtOne()
    {
        for (var i = 0; i < 3; i++)
        {
            _world.Arrive("p", with: spec => spec with { IsEmbedding = true });
        }

        _world.End(_world.Granted[0], new CallEnd { PromptTokens = 10, PromptSeconds = 1 });

        Assert.Equal(2, _world.Granted.Count);
        Assert.Equal(1, Runner.Slots.Configured);
    }

    [Fact]
    public void Configured_Four_RunsFour()
    {
        var world = new World(new SchedulerOptions { Slots = 4 });
        for (var i = 0; i < 6; i++)
        {
            world.Arrive("p");
        }

        Assert.Equal(4, world.Granted.Count);
    }

    [Fact]
    public void Configured_FamilyWithOneSlot_RunsOne()
    {
        var host = new FakeHost("gpu1");
        host.Models["a"] = host.Models["a"] with { HasOneSlot = true };
        var world = new World(new SchedulerOptions { Slots = 4 }, host);
        world.Arrive("p");
        world.Arrive("p");

        Assert.Single(world.Granted);
    }

    [Fact]
    public void Prefix_EqualAtOnce_OneComputesIt()
    {
        var world = new World(new SchedulerOptions { Slots = 4 });
        world.End(world.Arrive("warm"));
        var calls = Enumerable.Range(0, 4).Select(_ => world.Arrive("p", with: Alike)).ToArray();
        var other = world.Arrive("q");

        Assert.Equal([CallState.Running, CallState.Held, CallState.Held, CallState.Held], calls.Select(call => call.State));
        Assert.Equal(CallState.Running, other.State);
        world.FirstToken(calls[0]);

        Assert.Equal([CallState.Running, CallState.Running, CallState.Running, CallState.Waiting], calls.Select(call => call.State));
    }

    [Fact]
    public void Prefix_CallThatWaitsForItsLeader_IsInTheQueue()
    {
        var world = new World(new SchedulerOptions { Slots = 4 });
        world.End(world.Arrive("warm"), new CallEnd { PromptTokens = 1000, PromptSeconds = 2, CompletionTokens = 1, EvalSeconds = 0.1 });
        var calls = Enumerable.Range(0, 2).Select(_ => world.Arrive("p", with: Alike)).ToArray();
        var place = world.Scheduler.Describe(world.Now, calls[1]);

        Assert.Equal((0, 1, 1), (calls[0].Position, calls[1].Position, place.Position));
        // The leader's prompt: 1,620 tokens of 2 ms each.
        Assert.Equal(3.24, place.Eta.TotalSeconds, tolerance: 0.01);
    }

    [Fact]
    public void Prefix_CallThatWaitsForItsLeader_IsNotRefusedWhileASlotIsFree()
    {
        var world = new World(new SchedulerOptions { Slots = 4 });
        world.End(world.Arrive("warm"), new CallEnd { PromptTokens = 1000, PromptSeconds = 2, CompletionTokens = 1, EvalSeconds = 0.1 });
        world.Arrive("p", with: Alike);
        var second = world.Arrive("q", with: Alike, who: new Principal("q", "q") { MaxWaiting = 0 });

        Assert.Equal((CallState.Held, 0), (second.State, world.Refused.Count));
    }

    [Fact]
    public void Prefix_LeaderTakesTooLong_OthersGoOn()
    {
        var world = new World(new SchedulerOptions { Slots = 4 });
        world.End(world.Arrive("warm"));
        var calls = Enumerable.Range(0, 2).Select(_ => world.Arrive("p", with: Alike)).ToArray();
        // 6,000 bytes are some 1,620 tokens, and 3.2 s at the first rate; the rate was learned to be 10 per 0 s.
        world.Pass(2 * calls[0].Estimate.PromptSeconds);

        Assert.Equal(CallState.Running, calls[1].State);
    }

    [Fact]
    public void Prefix_LeaderLeaves_AnotherLeads()
    {
        var world = new World(new SchedulerOptions { Slots = 4 });
        var calls = Enumerable.Range(0, 3).Select(_ => world.Arrive("p", with: Alike)).ToArray();
        world.Leave(calls[0]);

        Assert.Equal([CallState.Over, CallState.Running, CallState.Held], calls.Select(call => call.State));
    }

    private Runner Runner => _world.Scheduler.State.Hosts[0].Runners["a"];

    private int _trials;

    [Fact]
    public void Prefix_ThatTakesNoTime_HoldsNobody()
    {
        var world = new World(new SchedulerOptions { Slots = 2 });
        world.Arrive("p", with: spec => Alike(spec) with { TextBytes = 0 });
        var second = world.Arrive("q", with: spec => Alike(spec) with { TextBytes = 0 });

        Assert.Equal(CallState.Running, second.State);
    }

    private static CallSpec Alike(CallSpec spec) => spec with { Prefix = 7, TextBytes = 6000 };

    /// <summary>Keeps some calls waiting, on a host that works on a number of them.</summary>
    private void Play(int slots, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            _world.Arrive("p", with: spec => spec with { MaxTokens = 30 });
        }

        var seen = new HashSet<CallTicket>();
        while (Runner.Active.Count > 0)
        {
            var inside = Runner.Active.Take(slots).ToArray();
            foreach (var call in inside.Where(seen.Add))
            {
                _world.Pass(0.05);
                _world.FirstToken(call);
            }

            _trials += Runner.Active.Count(call => call.Trial is not null);
            _world.Pass(1);
            _world.End(inside[0]);
        }
    }
}
