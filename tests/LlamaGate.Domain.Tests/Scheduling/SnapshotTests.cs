using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Tests.Scheduling;

public sealed class SnapshotTests
{
    private static readonly SchedulerOptions OneSlot = new() { Slots = 1 };

    [Fact]
    public void Snapshot_WhileCallsRunAndWait_ShowsThemInTheOrderOfTheirTurns()
    {
        var world = new World(OneSlot, new FakeHost("gpu1", room: 2) { Limits = new HostLimits { MaxLoaded = 2, Pinned = ["a"] } });
        var running = world.Arrive("p", "a");
        var second = world.Arrive("p", "a");
        var first = world.Arrive("q", "a");
        world.Pass(3);
        var snapshot = world.Scheduler.TakeSnapshot(world.Now, maxQueued: 200);

        var runner = Assert.Single(Assert.Single(snapshot.Hosts).Runners);
        Assert.Equal(("a", true, true, 1, 1, false, 4096), (runner.Model, runner.IsOpen, runner.IsPinned, runner.Busy, runner.Slots, runner.LearnsSlots, runner.Context));
        var call = Assert.Single(runner.Calls);
        Assert.Equal((running, TimeSpan.FromSeconds(3)), (call.Call, call.Running));
        Assert.Equal([first, second], snapshot.Queue.Select(waiting => waiting.Call));
        Assert.Equal([1, 2], snapshot.Queue.Select(waiting => waiting.Figures.Position));
        Assert.Equal(2, snapshot.Waiting);
    }

    [Fact]
    public void Snapshot_OfCallsExpectedAtTheSameTime_ShowsThemInTheOrderOfTheirPlaces()
    {
        var world = new World(new SchedulerOptions { Slots = 2 });
        world.Arrive("p");
        world.Arrive("p");
        var second = world.Arrive("p");
        var first = world.Arrive("q");
        var queue = world.Scheduler.TakeSnapshot(world.Now, maxQueued: 9).Queue;

        Assert.Equal(queue[0].Figures.Eta, queue[1].Figures.Eta);
        Assert.Equal([first, second], queue.Select(waiting => waiting.Call));
    }

    [Fact]
    public void Snapshot_OfALongQueue_IsItsHead()
    {
        var world = new World(OneSlot);
        var calls = Enumerable.Range(0, 10).Select(_ => world.Arrive("p", "a", spec => spec with { BodyBytes = 7 })).ToArray();
        var snapshot = world.Scheduler.TakeSnapshot(world.Now, maxQueued: 4);
        Assert.Equal(calls[1..5], snapshot.Queue.Select(waiting => waiting.Call));
        Assert.Equal((9, 63), (snapshot.Waiting, snapshot.WaitingBytes));
    }

    [Fact]
    public void Snapshot_DuringALoad_ShowsWhyAndHowLong()
    {
        var world = new World(OneSlot) { LoadsAtOnce = false };
        world.Arrive("p", "a");
        world.Pass(0.5);
        var load = Assert.Single(world.Scheduler.TakeSnapshot(world.Now, maxQueued: 1).Hosts).Load;
        Assert.Equal(new LoadSnapshot("a", LoadReason.First, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.5), IsStuck: false), load);
        world.Pass(100);
        Assert.True(world.Scheduler.TakeSnapshot(world.Now, maxQueued: 1).Hosts[0].Load?.IsStuck);
    }

    [Fact]
    public void Snapshot_Taken_DecidesNothing()
    {
        var world = new World(OneSlot);
        world.Arrive("p", "a");
        world.Arrive("p", "b");
        world.Take();
        world.Scheduler.TakeSnapshot(world.Now + TimeSpan.FromHours(1), maxQueued: 9);
        Assert.Empty(world.Scheduler.TakeDecisions());
    }
}
