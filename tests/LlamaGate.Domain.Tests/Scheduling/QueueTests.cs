using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Tests.Scheduling;

public sealed class QueueTests
{
    [Fact]
    public void Arrive_KeyHasAsManyWaiting_IsRefused()
    {
        var world = Warm();
        var principal = new Principal("p", "p") { MaxWaiting = 2 };
        for (var i = 0; i < 3; i++)
        {
            world.Arrive("p", who: principal);
        }

        var refused = world.Arrive("p", who: principal);

        Assert.Equal(RefusalReason.TooManyWaiting, world.Refused[refused].Reason);
        Assert.Equal(3 * 256 / 30.0, world.Refused[refused].RetryAfter.TotalSeconds, tolerance: 0.1);
        Assert.Equal(2, world.Scheduler.Waiting);
    }

    [Fact]
    public void Arrive_NothingMayWaitAndASlotIsFree_IsGranted()
    {
        var world = Warm();
        world.End(world.Arrive("q"));
        var call = world.Arrive("p", who: new Principal("p", "p") { MaxWaiting = 0 });

        Assert.Equal(CallState.Running, call.State);
    }

    [Theory]
    [InlineData(2, long.MaxValue)]
    [InlineData(1000, 150)]
    public void Arrive_QueueIsFull_IsRefused(int calls, long bytes)
    {
        var world = Warm(new SchedulerOptions { Slots = 1, QueueMax = calls, QueueMaxBytes = bytes });
        for (var i = 0; i < 3; i++)
        {
            world.Arrive($"p{i}", with: spec => spec with { BodyBytes = 60 });
        }

        var refused = world.Arrive("late", with: spec => spec with { BodyBytes = 60 });

        Assert.Equal(RefusalReason.QueueFull, world.Refused[refused].Reason);
    }

    [Fact]
    public void Arrive_WaitWouldBeFarTooLong_IsRefusedAtOnce()
    {
        var world = Warm(new SchedulerOptions { Slots = 1, QueueTimeout = TimeSpan.FromSeconds(60) });
        for (var i = 0; i < 11; i++)
        {
            world.Arrive($"p{i}");
        }

        var refused = world.Arrive("late");

        Assert.Equal(RefusalReason.QueueTimeout, world.Refused[refused].Reason);
        Assert.Equal(11 * 256 / 30.0, world.Refused[refused].RetryAfter.TotalSeconds, tolerance: 0.1);
        Assert.Equal(world.Refused[refused].RetryAfter, world.Refused[refused].Wait);
    }

    /// <summary>Retry-After is bounded; what the caller reads is not.</summary>
    [Fact]
    public void Arrive_WaitWouldBeLongerThanRetryAfterMayBe_SaysTheWholeWait()
    {
        var world = Warm(new SchedulerOptions { Slots = 1, QueueTimeout = TimeSpan.FromSeconds(300) });
        for (var i = 0; i < 54; i++)
        {
            world.Arrive($"p{i}");
        }

        var refusal = world.Refused[world.Arrive("late")];

        Assert.Equal(120, refusal.RetryAfter.TotalSeconds);
        Assert.InRange(refusal.Wait!.Value.TotalSeconds, 450, 470);
    }

    /// <summary>Most of the time of a short prompt is not spent on its tokens, so it says little about a long one.</summary>
    [Theory]
    [InlineData(60, 0)]
    [InlineData(60, 1)]
    public void Estimate_AfterShortPrompts_IsThatOfLongOnes(int shortPrompts, int longPrompts)
    {
        var world = Warm();
        for (var i = 0; i < shortPrompts + longPrompts; i++)
        {
            var tokens = i < shortPrompts ? 3 : 8000;
            world.End(
                world.Arrive("p", with: spec => spec with { TextBytes = tokens }),
                new CallEnd { PromptTokens = tokens, PromptSeconds = 0.01 + (tokens / 20_000.0), CompletionTokens = 1, EvalSeconds = 0.01 });
        }

        var call = world.Arrive("p", with: spec => spec with { TextBytes = 25_000 });

        // 20,000 tokens per second, and 0.01 s for each prompt.
        var tokensOfCall = 25_000 * (longPrompts > 0 ? 1 : 0.27);
        Assert.InRange(call.Estimate.PromptSeconds, tokensOfCall / 20_000, (longPrompts > 0 ? 1.2 : 4) * tokensOfCall / 20_000);
    }

    [Fact]
    public void Pass_LongerThanQueueTimeout_IsRefused()
    {
        var world = Warm(new SchedulerOptions { Slots = 1, QueueTimeout = TimeSpan.FromSeconds(60) });
        world.Arrive("p");
        var waits = world.Arrive("q");
        world.Pass(59.9);
        Assert.Empty(world.Refused);
        world.Pass(0.1);

        Assert.Equal(RefusalReason.QueueTimeout, world.Refused[waits].Reason);
    }

    [Fact]
    public void Describe_Waiting_TellsPlaceAndTime()
    {
        var world = Warm();
        world.Arrive("p");
        var calls = new[] { "q", "r", "s" }.Select(name => world.Arrive(name)).ToArray();

        var places = calls.Select(call => world.Scheduler.Describe(world.Now, call)).ToArray();

        Assert.Equal([1, 2, 3], places.Select(place => place.Position));
        Assert.Equal([1, 2, 3], calls.Select(call => call.Position));
        Assert.Equal(3 * 256 / 30.0, places[2].Eta.TotalSeconds, tolerance: 0.1);
        world.Pass(4);
        Assert.Equal((3 * 256 / 30.0) - 4, world.Scheduler.Describe(world.Now, calls[2]).Eta.TotalSeconds, tolerance: 0.1);
        Assert.Equal(TimeSpan.FromSeconds(4), world.Scheduler.Describe(world.Now, calls[2]).Waited);
    }

    [Fact]
    public void Describe_ModelIsLoading_NamesTheHostAndAddsTheLoad()
    {
        var world = new World() { LoadsAtOnce = false };
        var call = world.Arrive("p");
        world.Pass(0.5);

        var place = world.Scheduler.Describe(world.Now, call);

        Assert.Equal("gpu1", place.LoadingAt);
        Assert.Equal(1.5, place.Eta.TotalSeconds, tolerance: 0.1);
    }

    [Fact]
    public void Grant_PriorityHigh_GoesFirst()
    {
        var world = Warm();
        var high = new Principal("high", "high") { Priority = KeyPriority.High };
        world.Arrive("p");
        world.Arrive("q");
        var first = world.Arrive("high", who: high);
        var asked = world.Arrive("q", with: spec => spec with { Priority = KeyPriority.High });
        world.End(world.Granted[0]);

        Assert.Equal(CallState.Running, first.State);
        // Nobody gets above the class of the key.
        Assert.Equal(3, world.Scheduler.Describe(world.Now, asked).Position + 1);
    }

    [Fact]
    public void Grant_LowHasAged_EqualsNormal()
    {
        var world = Warm(new SchedulerOptions { Slots = 1, PriorityAging = TimeSpan.FromSeconds(30) });
        world.Arrive("p");
        var low = world.Arrive("low", with: spec => spec with { Priority = KeyPriority.Low });
        world.Pass(30);
        var normal = world.Arrive("q");
        world.End(world.Granted[0]);

        Assert.Equal((CallState.Running, CallState.Waiting), (low.State, normal.State));
    }

    [Fact]
    public void Report_HostDied_OthersServeOrRefuse()
    {
        var world = new World(new SchedulerOptions { Slots = 1 }, new FakeHost("gpu1"), new FakeHost("gpu2"));
        var calls = Enumerable.Range(0, 6).Select(i => world.Arrive($"p{i}", with: spec => spec with { MaxTokens = 10 })).ToArray();
        world.Host("gpu1").IsUp = false;
        world.Report("gpu1");

        Assert.All(calls[1..], call => Assert.Contains(call.State, new[] { CallState.Waiting, CallState.Running }));
        Assert.True(world.Return(calls[0]));
        Assert.Equal("gpu2", world.Granted[^1].Host);

        world.Host("gpu2").IsUp = false;
        world.Report("gpu2");
        Assert.Equal(5, world.Refused.Values.Count(refusal => refusal.Reason is RefusalReason.NoHost));
    }

    [Fact]
    public void Return_NoOtherHost_Ends()
    {
        var world = Warm();
        var call = world.Arrive("p");

        Assert.False(world.Return(call));
        Assert.Equal(CallState.Over, call.State);
        Assert.Equal(0, world.Scheduler.State.Principals.Find("p")!.Counter);
    }

    [Fact]
    public void Leave_BeforeTheFirstToken_KeepsTheSlotForABatch()
    {
        var world = Warm();
        var left = world.Arrive("p");
        var waits = world.Arrive("q");
        world.Leave(left);
        Assert.Equal(CallState.Waiting, waits.State);
        // 512 tokens at 500 per second.
        world.Pass(1.0);
        Assert.Equal(CallState.Waiting, waits.State);
        world.Pass(0.03);

        Assert.Equal(CallState.Running, waits.State);
    }

    [Fact]
    public void Leave_AfterTheFirstToken_FreesTheSlotAtOnce()
    {
        var world = Warm();
        var left = world.Arrive("p");
        var waits = world.Arrive("q");
        world.FirstToken(left);
        world.Leave(left);

        Assert.Equal(CallState.Running, waits.State);
    }

    [Fact]
    public void Drain_OnlyThoseThatEndInTime_Stay()
    {
        var world = Warm();
        world.Arrive("p");
        var next = world.Arrive("q");
        var later = world.Arrive("r");
        world.Do(() => world.Scheduler.Drain(world.Now, world.Now + TimeSpan.FromSeconds(20)));

        Assert.Equal(CallState.Waiting, next.State);
        Assert.Equal(RefusalReason.ShuttingDown, world.Refused[later].Reason);
    }

    [Fact]
    public void Cancel_Waiting_IsRefusedForTheReason()
    {
        var world = Warm();
        world.Arrive("p");
        var waits = world.Arrive("q");
        world.Do(() => world.Scheduler.Cancel(world.Now, waits, RefusalReason.KeyRemoved));

        Assert.Equal(RefusalReason.KeyRemoved, world.Refused[waits].Reason);
    }

    [Fact]
    public void Tick_ClockGoesBack_IsIgnored()
    {
        var world = Warm();
        world.Pass(100);
        world.Arrive("p");
        var waits = world.Arrive("q");
        world.Scheduler.Tick(TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromSeconds(100), world.Scheduler.State.Now);
        Assert.Equal(CallState.Waiting, waits.State);
    }

    [Fact]
    public void SetSilent_HostDoesNotMove_GetsNoCalls()
    {
        var world = Warm(new SchedulerOptions { Slots = 2 });
        world.Arrive("p");
        world.Do(() => world.Scheduler.SetSilent(world.Now, "gpu1", isSilent: true));
        var waits = world.Arrive("q");
        Assert.Equal(CallState.Waiting, waits.State);
        world.Do(() => world.Scheduler.SetSilent(world.Now, "gpu1", isSilent: false));

        Assert.Equal(CallState.Running, waits.State);
    }

    private static World Warm(SchedulerOptions? options = null) => new(options, new FakeHost("gpu1") { Loaded = { ["a"] = 4096 } });
}
