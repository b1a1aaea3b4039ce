using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Tests.Scheduling;

/// <summary>All calls of a runner get its context; a larger wish loads the model again.</summary>
public sealed class ContextTests
{
    private static readonly SchedulerOptions OneSlot = new() { Slots = 1 };

    [Fact]
    public void Arrive_WishForALargerContext_ReloadsWithTheNextPowerOfTwo()
    {
        var world = new World(OneSlot);
        world.End(world.Arrive("p"));
        world.Pass(10);
        var large = world.Arrive("p", with: spec => spec with { Context = 9000, Rule = new ModelRule { MaxContext = 32_768 } });

        Assert.Equal(LoadReason.Grow, world.AllLoads[1].Reason);
        Assert.Equal(16_384, world.AllLoads[1].Context);
        Assert.Equal((CallState.Running, 16_384), (large.State, large.Context));
        world.End(large);

        // It does not shrink, and a smaller wish is served by it.
        var small = world.Arrive("p", with: spec => spec with { Context = 2000, Rule = new ModelRule { MaxContext = 32_768 } });
        Assert.Equal((CallState.Running, 16_384), (small.State, small.Context));
        Assert.Equal(2, world.AllLoads.Count);
    }

    [Fact]
    public void Arrive_WishAboveMaxContext_IsServedByTheLargest()
    {
        var world = new World(OneSlot);
        var call = world.Arrive("p", with: spec => spec with { Context = 100_000, Rule = new ModelRule { MaxContext = 10_000 } });

        Assert.Equal(10_000, Assert.Single(world.AllLoads).Context);
        Assert.Equal(CallState.Running, call.State);
    }
}
