using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Tests.Scheduling;

/// <summary>A pinned model stays loaded, whoever waits for another one.</summary>
public sealed class PinTests
{
    private static readonly SchedulerOptions OneSlot = new() { Slots = 1 };

    [Fact]
    public void Plan_PinnedModelLoaded_StaysAndOthersAreRefused()
    {
        var host = new FakeHost("gpu1") { Limits = new HostLimits { MaxLoaded = 1, Pinned = ["a"] } };
        var world = new World(OneSlot, host);
        var pinned = world.Arrive("p", "a");
        Assert.Equal("-1", world.AllLoads[0].KeepAlive);
        world.End(pinned);
        var other = world.Arrive("q", "b");
        Assert.Equal(RefusalReason.NoRoom, world.Refused[other].Reason);
        world.Pass(200);

        Assert.Single(world.AllLoads);
    }

    [Fact]
    public void Plan_PinnedModelTakesTheRoom_RefusesThoseWhoWait()
    {
        var host = new FakeHost("gpu1") { Limits = new HostLimits { MaxLoaded = 1, Pinned = ["a"] } };
        var world = new World(OneSlot, host) { LoadsAtOnce = false };
        world.Arrive("p", "a");
        var other = world.Arrive("q", "b");
        Assert.Equal(CallState.Waiting, other.State);
        world.EndLoad(Assert.Single(world.AllLoads));

        Assert.Equal(RefusalReason.NoRoom, world.Refused[other].Reason);
    }

    [Fact]
    public void Plan_PinnedModelTakesTheRoom_OtherHostServes()
    {
        var world = new World(
            OneSlot, new FakeHost("gpu1") { Limits = new HostLimits { MaxLoaded = 1, Pinned = ["a"] } }, new FakeHost("gpu2"));
        world.Arrive("p", "a");
        var other = world.Arrive("q", "b");

        Assert.Equal(("gpu2", CallState.Running), (other.Host, other.State));
    }
}
