using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Tests.Scheduling;

/// <summary>What operators want of hosts.</summary>
public sealed class HostOrderTests
{
    private static readonly SchedulerOptions OneSlot = new() { Slots = 1 };

    [Fact]
    public void Load_OfAModelNobodyWants_LoadsItAsTheOperatorSays()
    {
        var world = new World(OneSlot) { LoadsAtOnce = false };
        var outcome = world.Order(Load("a") with { Rule = new ModelRule { Context = 8192 }, IsEmbedding = true });

        Assert.Equal(new OrderOutcome(OrderResult.Begun), outcome);
        var load = Assert.Single(world.AllLoads);
        Assert.Equal((LoadReason.Admin, 8192, true), (load.Reason, load.Context, load.IsEmbedding));
        Assert.Equal((null, 0), (load.For, load.Waiting));
        world.Pass(30);
        Assert.Single(world.Loads);
        world.EndLoad(load);
        Assert.Equal(CallState.Running, world.Arrive("p", "a").State);
        Assert.Single(world.AllLoads);
    }

    [Fact]
    public void Load_WhereAnotherModelWorks_ClosesItsGateAndWaitsForItsCalls()
    {
        var world = new World(OneSlot, Host(room: 1, new HostLimits { MaxLoaded = 1 }));
        var running = world.Arrive("p", "a");
        Assert.Equal(new OrderOutcome(OrderResult.Begun, Running: 1), world.Order(Load("b")));
        var late = world.Arrive("q", "a");
        Assert.Single(world.AllLoads);
        Assert.Equal(CallState.Waiting, late.State);

        world.End(running);
        Assert.Equal("a b", string.Join(' ', world.AllLoads.Take(2).Select(load => load.Model)));
        Assert.Equal("a", Assert.Single(world.Take().OfType<StartUnload>().Take(1)).Model);
    }

    [Fact]
    public void Load_BesideAnotherLoad_IsRefused()
    {
        var world = new World(OneSlot) { LoadsAtOnce = false };
        world.Arrive("p", "a");
        Assert.Equal(OrderResult.Busy, world.Order(Load("b")).Result);
        Assert.Equal(OrderResult.Busy, world.Order(Load("a")).Result);
        Assert.Single(world.AllLoads);
    }

    [Fact]
    public void Load_ThatNeedsTheRoomOfAPinnedModel_IsRefused()
    {
        var world = new World(OneSlot, Host(room: 1, new HostLimits { MaxLoaded = 1, Pinned = ["a"] }));
        world.End(world.Arrive("p", "a"));
        Assert.Equal(OrderResult.NoRoom, world.Order(Load("b")).Result);
        Assert.Equal(OrderResult.Pinned, world.Order(Unload("a")).Result);
        Assert.Empty(world.Unloads);
    }

    [Theory]
    [InlineData("gpu9", "a", OrderResult.NoSuchHost)]
    [InlineData("gpu1", "z", OrderResult.NoSuchModel)]
    public void Load_OfWhatIsNotThere_IsRefused(string host, string model, OrderResult result) =>
        Assert.Equal(result, new World(OneSlot).Order(new HostOrder(host, model, Loads: true)).Result);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Load_OnAHostThatGetsNoCalls_IsRefused(bool isUp, bool isDraining)
    {
        var world = new World(OneSlot);
        (world.Host("gpu1").IsUp, world.Host("gpu1").IsDraining) = (isUp, isDraining);
        world.Report("gpu1");
        Assert.Equal(OrderResult.NotLive, world.Order(Load("a")).Result);
    }

    [Fact]
    public void Load_OfALoadedModel_DoesNothing()
    {
        var world = new World(OneSlot);
        world.Order(Load("a"));
        Assert.Equal(OrderResult.AlreadySo, world.Order(Load("a")).Result);
        Assert.Single(world.AllLoads);
    }

    [Fact]
    public void Load_ThatFails_IsForgotten()
    {
        var world = new World(OneSlot) { LoadsAtOnce = false };
        world.Order(Load("a"));
        world.EndLoad(world.AllLoads[0], succeeded: false);
        Assert.Equal(OrderResult.Begun, world.Order(Load("b")).Result);
    }

    [Fact]
    public void Unload_OfAModelThatWorks_WaitsForItsCallsAndTakesNoNewOnes()
    {
        var world = new World(OneSlot) { LoadsAtOnce = false };
        var running = world.Arrive("p", "a");
        world.EndLoad(world.AllLoads[0]);
        Assert.Equal(new OrderOutcome(OrderResult.Begun, Running: 1), world.Order(Unload("a")));
        var late = world.Arrive("q", "a");
        Assert.Equal(OrderResult.Busy, world.Order(Unload("a")).Result);
        Assert.Equal(OrderResult.Busy, world.Order(Load("b")).Result);
        Assert.Empty(world.Unloads);

        world.End(running);
        var unload = Assert.Single(world.Unloads);
        Assert.Equal(CallState.Waiting, late.State);
        Assert.Single(world.AllLoads);
        world.EndUnload(unload);

        // Who waits for it has it loaded again.
        Assert.Equal("a", world.AllLoads[1].Model);
    }

    /// <summary>A report without a probe of its own has the list of the last one.</summary>
    [Fact]
    public void Unload_AfterWhichAnOlderListComes_IsNotUndone()
    {
        var world = new World(OneSlot);
        world.End(world.Arrive("p", "a"));
        var older = world.Host("gpu1").ToReport(world.Now);
        world.Move(1);
        world.Order(Unload("a"));
        world.Do(() => world.Scheduler.Report(world.Now, older));
        world.End(world.Arrive("p", "a"));
        Assert.Equal(2, world.AllLoads.Count);

        // Another client has loaded it: a list that was requested later counts.
        world.Move(1);
        world.Order(Unload("a"));
        world.Move(1);
        world.Host("gpu1").Loaded["a"] = 4096;
        world.Report("gpu1");
        world.Arrive("p", "a");
        Assert.Equal(2, world.AllLoads.Count);
    }

    [Fact]
    public void Unload_OfAModelThatIsPinnedBeforeItHasDrained_DoesNotTakePlace()
    {
        var world = new World(OneSlot);
        var running = world.Arrive("p", "a");
        world.Order(Unload("a"));
        var late = world.Arrive("q", "a");
        world.Host("gpu1").Limits = new HostLimits { Pinned = ["a"] };
        world.Report("gpu1");
        world.End(running);
        Assert.Empty(world.Take().OfType<StartUnload>());
        Assert.Equal(CallState.Running, late.State);
    }

    [Fact]
    public void Unload_OfAModelThatIsNotLoaded_DoesNothing()
    {
        var world = new World(OneSlot);
        Assert.Equal(OrderResult.AlreadySo, world.Order(Unload("a")).Result);
        Assert.Empty(world.Unloads);
    }

    [Fact]
    public void Unload_OnAHostThatDies_IsForgotten()
    {
        var world = new World(OneSlot) { LoadsAtOnce = false };
        world.Arrive("p", "a");
        world.EndLoad(world.AllLoads[0]);
        world.Order(Unload("a"));
        world.Host("gpu1").IsUp = false;
        world.Report("gpu1");
        world.Host("gpu1").IsUp = true;
        world.Report("gpu1");
        Assert.Equal(OrderResult.Begun, world.Order(Load("b")).Result);
    }

    [Fact]
    public void RemoteModel_HasNothingToLoad()
    {
        var world = new World(OneSlot);
        world.Host("gpu1").Models["cloud"] = new HostedModel("cloud", 0) { IsRemote = true };
        world.Report("gpu1");
        Assert.Equal(OrderResult.Remote, world.Order(Load("cloud")).Result);
        Assert.Equal(OrderResult.Remote, world.Order(Unload("cloud")).Result);
    }

    private static HostOrder Load(string model) => new("gpu1", model, Loads: true);

    private static HostOrder Unload(string model) => new("gpu1", model, Loads: false);

    private static FakeHost Host(int room, HostLimits limits) => new("gpu1", room) { Limits = limits };
}
