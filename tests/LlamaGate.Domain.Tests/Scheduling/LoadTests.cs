using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Tests.Scheduling;

public sealed class LoadTests
{
    private static readonly SchedulerOptions OneSlot = new() { Slots = 1 };

    [Fact]
    public void Arrive_ModelNotLoaded_LoadsItThenGrants()
    {
        var world = new World(OneSlot) { LoadsAtOnce = false };
        var call = world.Arrive("p", with: spec => spec with { Rule = new ModelRule { Context = 8192, KeepAlive = "\"10m\"" } });

        var load = Assert.Single(world.AllLoads);
        Assert.Equal(("gpu1", "a", LoadReason.First, 8192, "\"10m\""), (load.Host, load.Model, load.Reason, load.Context, load.KeepAlive));
        Assert.Equal(CallState.Waiting, call.State);

        world.Pass(2);
        world.EndLoad(load);

        Assert.Equal(CallState.Running, call.State);
        Assert.Equal(8192, call.Context);
        Assert.Equal(TimeSpan.FromSeconds(2), call.Loading);
    }

    [Fact]
    public void Arrive_ManyForOneModel_LoadOnce()
    {
        var world = new World(OneSlot) { LoadsAtOnce = false };
        for (var i = 0; i < 10; i++)
        {
            world.Arrive("p");
        }

        Assert.Single(world.AllLoads);
    }

    [Fact]
    public void EndLoad_SplitsItsTimeEvenlyOverThoseWhoWaitedForIt()
    {
        var world = new World(OneSlot) { LoadsAtOnce = false };
        var first = world.Arrive("p");
        world.Pass(4);
        var second = world.Arrive("q");
        var left = world.Arrive("r");
        var other = world.Arrive("p", "b");
        world.Pass(2);
        world.Leave(left);
        world.EndLoad(world.AllLoads[0]);
        var late = world.Arrive("q");

        Assert.Equal(
            [TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3), TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero],
            new[] { first, second, left, other, late }.Select(call => call.LoadShare));
    }

    [Fact]
    public void Arrive_OtherModelIdle_Switches()
    {
        var world = new World(OneSlot);
        world.End(world.Arrive("p", "a"));
        var other = world.Arrive("p", "b");

        Assert.Equal(CallState.Running, other.State);
        Assert.Equal("a b", string.Join(' ', world.AllLoads.Select(load => load.Model)));
        Assert.Equal(LoadReason.Switch, world.AllLoads[1].Reason);
    }

    [Fact]
    public void Plan_OtherModelIdleForAMoment_WaitsATenthOfItsLoad()
    {
        var world = new World(OneSlot) { LoadsAtOnce = false };
        var first = world.Arrive("p", "a");
        world.Pass(2);
        world.EndLoad(world.AllLoads[0]);
        world.Pass(1);
        world.End(first);
        world.Pass(0.05);
        world.Arrive("q", "b");
        Assert.Single(world.AllLoads);
        world.Pass(0.1);
        Assert.Single(world.AllLoads);
        world.Pass(0.06);

        Assert.Equal("b", world.AllLoads[^1].Model);
    }

    [Fact]
    public void Plan_BothModelsWanted_SwitchesOnlyWhenTheTurnIsOver()
    {
        // A load takes 2 s, so a turn takes 8.
        var world = new World(OneSlot) { LoadsAtOnce = false };
        world.Arrive("p", "a");
        world.Pass(2);
        world.EndLoad(world.AllLoads[0]);
        for (var i = 0; i < 20; i++)
        {
            world.Arrive("p", "a");
        }

        var other = world.Arrive("q", "b");
        for (var i = 0; i < 7; i++)
        {
            world.Pass(1);
            world.End(world.Granted[^1]);
        }

        world.Pass(1);
        Assert.False(world.Scheduler.State.Hosts[0].Runners["a"].IsOpen);
        // The last call may not have reached Ollama, which would load the other model at once.
        Assert.Single(world.AllLoads);
        world.FirstToken(world.Granted[^1]);
        Assert.Equal("b", world.AllLoads[^1].Model);
        world.End(world.Granted[^1]);
        world.EndLoad(world.AllLoads[^1]);

        Assert.Equal(CallState.Running, other.State);
    }

    [Fact]
    public void Plan_FitIsKnownToBeTooSmall_UnloadsByNameFirst()
    {
        var world = new World(OneSlot, new FakeHost("gpu1") { Limits = new HostLimits { MaxLoaded = 1 } }) { LoadsAtOnce = false };
        world.Arrive("p", "a");
        world.EndLoad(world.AllLoads[0]);
        world.End(world.Granted[^1]);
        world.Arrive("p", "b");

        Assert.Equal("a", Assert.Single(world.Unloads).Model);
        Assert.Single(world.AllLoads);
        world.EndUnload(world.Unloads[0]);
        Assert.Equal("b", world.AllLoads[^1].Model);
    }

    [Fact]
    public void Plan_BothFit_LoadsBesides()
    {
        var world = new World(OneSlot, new FakeHost("gpu1", room: 2) { Limits = new HostLimits { VideoMemory = 3_000_000_000 } });
        var first = world.Arrive("p", "a");
        var second = world.Arrive("p", "b");

        Assert.Equal((CallState.Running, CallState.Running), (first.State, second.State));
        Assert.Equal(LoadReason.First, world.AllLoads[1].Reason);
    }

    [Fact]
    public void Plan_SeenTogetherBefore_LoadsBesidesABusyOne()
    {
        var world = new World(OneSlot, new FakeHost("gpu1", room: 2)) { LoadsAtOnce = false };
        var host = world.Host("gpu1");
        host.Loaded["a"] = host.Loaded["b"] = 4096;
        world.Report("gpu1");
        host.Loaded.Remove("b");
        world.Pass(1);
        world.Report("gpu1");
        world.Arrive("p", "a");
        world.Arrive("p", "a");
        world.Arrive("q", "b");

        Assert.Equal("b", Assert.Single(world.AllLoads).Model);
        Assert.True(world.Scheduler.State.Hosts[0].Runners["a"].IsOpen);
    }

    [Fact]
    public void Plan_LongWaitAndAnotherHostIsIdle_LoadsACopy()
    {
        var world = new World(OneSlot, new FakeHost("gpu1"), new FakeHost("gpu2"));
        for (var i = 0; i < 5; i++)
        {
            world.Arrive("p");
        }

        Assert.Equal("gpu1 gpu2", string.Join(' ', world.AllLoads.Select(load => load.Host)));
        Assert.Equal(LoadReason.Copy, world.AllLoads[1].Reason);
        Assert.Equal("gpu1 gpu2", string.Join(' ', world.Granted.Select(call => call.Host)));
    }

    [Fact]
    public void Plan_ShortWait_LoadsNoCopy()
    {
        var world = new World(OneSlot, new FakeHost("gpu1"), new FakeHost("gpu2"));
        world.Arrive("p", with: Short);
        world.Arrive("p", with: Short);

        Assert.Single(world.AllLoads);
    }

    [Fact]
    public void EndLoad_Failed_RefusesWithTheCauseAndBacksOff()
    {
        var world = new World(OneSlot) { LoadsAtOnce = false };
        var call = world.Arrive("p");
        world.EndLoad(world.AllLoads[0], succeeded: false, cause: "broken");

        Assert.Equal((RefusalReason.LoadFailed, "broken"), (world.Refused[call].Reason, world.Refused[call].Cause));
        Assert.Equal(TimeSpan.FromSeconds(5), world.Refused[call].RetryAfter);
        var second = world.Arrive("p");
        Assert.Equal(RefusalReason.LoadFailed, world.Refused[second].Reason);

        world.Pass(5);
        world.Arrive("p");
        Assert.Equal(2, world.AllLoads.Count);
        world.EndLoad(world.AllLoads[1], succeeded: false);
        Assert.Equal(TimeSpan.FromSeconds(10), world.Refused.Values.Last().RetryAfter);
    }

    [Fact]
    public void EndLoad_FailedOnOneHost_LoadsOnTheOther()
    {
        var world = new World(OneSlot, new FakeHost("gpu1"), new FakeHost("gpu2")) { LoadsAtOnce = false };
        var call = world.Arrive("p");
        world.EndLoad(world.AllLoads[0], succeeded: false);

        Assert.Equal("gpu2", world.AllLoads[1].Host);
        world.EndLoad(world.AllLoads[1]);
        Assert.Equal((CallState.Running, "gpu2"), (call.State, call.Host));
    }

    [Fact]
    public void Leave_AllWhileVictimsDrain_OpensTheGateAgain()
    {
        var world = new World(OneSlot, new FakeHost("gpu1") { Limits = new HostLimits { MaxLoaded = 1 } });
        world.Arrive("p", "a");
        var waits = world.Arrive("p", "a");
        var other = world.Arrive("q", "b");
        world.Pass(9);
        Assert.Single(world.AllLoads);
        world.Leave(other);
        world.End(world.Granted[0]);

        Assert.Equal(CallState.Running, waits.State);
        Assert.Single(world.AllLoads);
    }

    [Fact]
    public void Plan_LoadTakesTooLong_LoadsElsewhere()
    {
        var world = new World(OneSlot, new FakeHost("gpu1"), new FakeHost("gpu2")) { LoadsAtOnce = false };
        world.Arrive("p");
        world.Pass(65.9);
        Assert.Single(world.AllLoads);
        world.Pass(0.2);

        Assert.Equal("gpu2", world.AllLoads[^1].Host);
        Assert.Equal(2, world.AllLoads.Count);
        var stuck = Assert.Single(world.Take().OfType<ReportStuckLoad>());
        Assert.Equal(("gpu1", "a"), (stuck.Host, stuck.Model));
        Assert.Equal(66, stuck.Seconds, tolerance: 0.5);
    }

    [Fact]
    public void Arrive_RemoteModel_NeedsNoLoadAndHasEightSlots()
    {
        var host = new FakeHost("gpu1");
        host.Models["cloud"] = new HostedModel("cloud", 0) { IsRemote = true };
        var world = new World(OneSlot, host);
        for (var i = 0; i < 9; i++)
        {
            world.Arrive("p", "cloud");
        }

        Assert.Empty(world.AllLoads);
        Assert.Equal(8, world.Granted.Count);
    }

    [Fact]
    public void Arrive_RunnerHasExpired_LoadsItAgain()
    {
        var world = new World(OneSlot);
        world.Host("gpu1").Loaded["a"] = 4096;
        world.Do(() => world.Scheduler.Report(world.Now, world.Host("gpu1").ToReport(world.Now) with
        {
            Runners = [new ReportedRunner("a") { ExpiresIn = TimeSpan.FromSeconds(30) }],
        }));
        world.Pass(31);
        world.Arrive("p");

        Assert.Single(world.AllLoads);
    }

    private static CallSpec Short(CallSpec spec) => spec with { MaxTokens = 30 };
}
