using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Generation;
using LlamaGate.Infrastructure.Scheduling.Cluster;

namespace LlamaGate.Infrastructure.Tests.Scheduling.Cluster;

/// <summary>What becomes of calls when the scheduler of the cluster, or a gateway, is gone.</summary>
public sealed class HandoverTests : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly DeskBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task NewScheduler_KeepsSlotsAndPlaces()
    {
        var (one, two) = (await _bed.AddAsync("one"), await _bed.AddAsync("two"));
        using var lease = await one.LeaseAsync("ann");
        var waiting = two.AcquireAsync("bob");
        await _bed.PassAsync(3);
        _bed.Replace();
        await _bed.PassAsync(1);
        await DeskBed.UntilAsync(() => _bed.Running == 1 && _bed.Waiting == 1);

        Assert.False(waiting.IsCompleted);
        lease.Complete(Done);
        using var next = await waiting.WaitAsync(LongestWait);
        // The announcement names an age; steps of the clock while it travels are not in it. A wait that is forgotten would be 1 s at most.
        Assert.InRange(next!.Route.Waited, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task NewScheduler_OneGatewaySaysNothing_DecidesAfterFiveSeconds()
    {
        var (one, two) = (await _bed.AddAsync("one"), await _bed.AddAsync("two"));
        using var lease = await two.LeaseAsync("ann");
        two.IsCut = true;
        _bed.Replace();
        var waiting = one.AcquireAsync("bob");
        await _bed.PassAsync(4.5);
        Assert.False(waiting.IsCompleted);
        await _bed.PassAsync(1);

        using var granted = await waiting.WaitAsync(LongestWait);
        Assert.NotNull(granted);
    }

    [Fact]
    public async Task NewScheduler_SilentGatewayHasEnded_DecidesAtOnce()
    {
        var (one, two) = (await _bed.AddAsync("one"), await _bed.AddAsync("two"));
        using var lease = await two.LeaseAsync("ann");
        var waiting = one.AcquireAsync("bob");
        two.IsCut = true;
        _bed.Ended.Add("two");
        _bed.Replace();
        await _bed.PassAsync(1);

        using var granted = await waiting.WaitAsync(LongestWait);
        Assert.Equal(1, _bed.Running);
    }

    [Fact]
    public async Task NewScheduler_RemembersWhoOwes()
    {
        var (one, two) = (await _bed.AddAsync("one"), await _bed.AddAsync("two"));
        // Ann has used the slot for long, and Bob has used nothing.
        for (var call = 0; call < 3; call++)
        {
            using var used = await one.LeaseAsync("ann");
            used.Complete(new UpstreamEnd(null, new GenerationTimings(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(9))));
        }

        using var lease = await two.LeaseAsync("cid");
        var ann = one.AcquireAsync("ann");
        var bob = two.AcquireAsync("bob");
        _bed.Replace();
        await _bed.PassAsync(1);
        await DeskBed.UntilAsync(() => _bed.Waiting == 2);
        lease.Complete(Done);

        using var first = await bob.WaitAsync(LongestWait);
        Assert.False(ann.IsCompleted);
    }

    [Fact]
    public async Task NewScheduler_KnowsWhatTheLostOneHadLearned()
    {
        var one = await _bed.AddAsync("one");
        using (var lease = await one.LeaseAsync("ann"))
        {
            lease.Complete(new UpstreamEnd(
                new TokenUsage(100, 10), new GenerationTimings(TimeSpan.Zero, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(20))));
        }

        await DeskBed.UntilAsync(() => _bed.SecondsPerToken is 2);
        // It is told from time to time.
        await _bed.PassAsync(12);
        _bed.Replace();
        Assert.Null(_bed.SecondsPerToken);
        await _bed.PassAsync(1);
        await DeskBed.UntilAsync(() => _bed.SecondsPerToken is 2);
    }

    /// <summary>A process that stood still for long goes on: its waiting requests are served before it ends.</summary>
    [Fact]
    public async Task Gateway_DeclaredDeadThatGoesOn_HasOneSessionUntilItLeaves()
    {
        var (one, two) = (await _bed.AddAsync("one"), await _bed.AddAsync("two"));
        using var lease = await one.LeaseAsync("ann");
        var waiting = two.AcquireAsync("bob");
        two.IsCut = true;
        _bed.Ended.Add("two");
        await _bed.PassAsync(1);
        Assert.Equal(0, _bed.Waiting);
        two.IsCut = false;
        await _bed.PassAsync(5);

        Assert.Equal((2, 1), (two.Joins, _bed.Waiting));
        lease.Complete(Done);
        using var granted = await waiting.WaitAsync(LongestWait);
        Assert.NotNull(granted);
    }

    [Fact]
    public async Task Gateway_NotHeardOfForTenSeconds_LosesItsSlotsAndPlaces()
    {
        var (one, two) = (await _bed.AddAsync("one"), await _bed.AddAsync("two"));
        using var lease = await one.LeaseAsync("ann");
        // Before its first token a call that has left keeps its slot for a moment.
        lease.NoteAnswer();
        await _bed.PassAsync(0.5);
        await DeskBed.UntilAsync(() => one.Answering == 1);
        var lost = one.AcquireAsync("cid");
        var waiting = two.AcquireAsync("bob");
        one.IsCut = true;
        await _bed.PassAsync(9);
        Assert.False(waiting.IsCompleted);
        await _bed.PassAsync(2);

        using var granted = await waiting.WaitAsync(LongestWait);
        Assert.Equal((1, 0), (_bed.Running, _bed.Waiting));
        Assert.False(lost.IsCompleted);
    }

    [Fact]
    public async Task Gateway_Ended_LosesItsSlotsAtOnce()
    {
        var (one, two) = (await _bed.AddAsync("one"), await _bed.AddAsync("two"));
        using var lease = await one.LeaseAsync("ann");
        lease.NoteAnswer();
        await _bed.PassAsync(0.5);
        await DeskBed.UntilAsync(() => one.Answering == 1);
        var waiting = two.AcquireAsync("bob");
        one.IsCut = true;
        _bed.Ended.Add("one");
        await _bed.PassAsync(1);

        using var granted = await waiting.WaitAsync(LongestWait);
        Assert.NotNull(granted);
    }

    [Fact]
    public async Task Gateway_BackAfterASilence_AnnouncesWhatItHas()
    {
        var one = await _bed.AddAsync("one");
        using var lease = await one.LeaseAsync("ann");
        var waiting = one.AcquireAsync("bob");
        one.IsCut = true;
        await _bed.PassAsync(11);
        Assert.Equal(0, _bed.Running + _bed.Waiting);
        one.IsCut = false;
        await _bed.PassAsync(1);
        await DeskBed.UntilAsync(() => _bed.Running == 1 && _bed.Waiting == 1);

        lease.Complete(Done);
        using var granted = await waiting.WaitAsync(LongestWait);
        Assert.NotNull(granted);
    }

    /// <summary>The grain that holds it can end only when no poll runs.</summary>
    [Fact]
    public async Task Scheduler_WhoseGatewayLeaves_EndsPollsAtOnce()
    {
        var session = _bed.Desk.Join("one");
        var poll = _bed.Desk.PollAsync(new SessionPoll { Session = session, Acknowledged = 0 }).AsTask();
        Assert.False(poll.IsCompleted);
        _bed.Desk.Close();

        Assert.True((await poll.WaitAsync(LongestWait)).IsUnknown);
        Assert.Equal(Guid.Empty, _bed.Desk.Join("one"));
    }

    [Fact]
    public void Scheduler_StoodStill_GivesUp()
    {
        // No timer runs meanwhile.
        using var frozen = new SchedulerDesk(new(new(), _bed.Clock, static _ => { }), _bed, new FrozenTimers(_bed.Clock));
        var known = frozen.Join("one");
        _bed.Clock.Advance(SchedulerDesk.MaxStandstill + TimeSpan.FromSeconds(1));

        Assert.NotEqual(Guid.Empty, known);
        Assert.True(frozen.Send(new SessionEvents { Session = known, First = 1, Events = [], Acknowledged = 0 }).IsUnknown);
        Assert.True(frozen.IsClosed);
        Assert.Equal(Guid.Empty, frozen.Join("one"));
    }

    private static UpstreamEnd Done { get; } = new(null, new GenerationTimings(TimeSpan.Zero, TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(1)));

    /// <summary>A process whose timers do not run.</summary>
    private sealed class FrozenTimers(TimeProvider clock) : TimeProvider
    {
        public override long TimestampFrequency => clock.TimestampFrequency;

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            clock.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
