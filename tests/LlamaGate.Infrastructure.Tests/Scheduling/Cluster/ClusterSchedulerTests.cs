using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Infrastructure.Tests.Scheduling.Cluster;

/// <summary>Gateways and the one scheduler between them, without a network and in fake time.</summary>
public sealed class ClusterSchedulerTests : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly DeskBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task Acquire_FreeSlot_IsGrantedInOneMessage()
    {
        var one = await _bed.AddAsync("one");
        using var first = await one.LeaseAsync();
        var before = one.Messages;
        first.Complete(Done);
        using var lease = await one.LeaseAsync();

        Assert.Equal(("gpu1", "gpu1", TimeSpan.Zero), (lease.Host, lease.Route.Host, lease.Route.Waited));
        Assert.Equal(2, one.Messages - before);
    }

    [Fact]
    public async Task Complete_RoomToSpare_TravelsWithTheNextCall()
    {
        using var bed = new DeskBed(new SchedulerOptions { Slots = 2 });
        var one = await bed.AddAsync("one");
        using var first = await one.LeaseAsync();
        var before = one.Messages;
        first.Complete(Done);
        Assert.Equal(1, bed.Running);
        using var lease = await one.LeaseAsync();

        Assert.Equal((1, 1), (one.Messages - before, bed.Running));
    }

    [Fact]
    public async Task Complete_RoomToSpare_IsReportedSoon()
    {
        using var bed = new DeskBed(new SchedulerOptions { Slots = 2 });
        var one = await bed.AddAsync("one");
        using var lease = await one.LeaseAsync();
        lease.Complete(Done);
        await bed.PassAsync(0.025);

        Assert.Equal(0, bed.Running);
    }

    [Fact]
    public async Task Complete_LastSlotTakenElsewhereMeanwhile_IsReportedAtOnce()
    {
        using var bed = new DeskBed(new SchedulerOptions { Slots = 2 });
        var (one, two) = (await bed.AddAsync("one"), await bed.AddAsync("two"));
        using var ended = await one.LeaseAsync("ann");
        ended.Complete(Done);
        using var last = await two.LeaseAsync("bob");

        await DeskBed.UntilAsync(() => bed.Running == 1);
        using var next = await one.LeaseAsync("cid");
    }

    [Fact]
    public async Task Complete_RoomToSpareButDraining_IsReportedAtOnce()
    {
        using var bed = new DeskBed(new SchedulerOptions { Slots = 2 });
        var one = await bed.AddAsync("one");
        using var lease = await one.LeaseAsync();
        one.Scheduler.Drain(TimeSpan.FromSeconds(30));
        lease.Complete(Done);

        Assert.Equal(0, bed.Running);
    }

    [Fact]
    public async Task Acquire_SlotInUseElsewhere_WaitsForItsEnd()
    {
        var (one, two) = (await _bed.AddAsync("one"), await _bed.AddAsync("two"));
        using var lease = await one.LeaseAsync("ann");
        var waiting = two.AcquireAsync("bob");
        var arrived = _bed.Clock.GetUtcNow();
        // The other gateway hears of it with its next poll.
        for (var looks = 0; looks < 10 && !one.Scheduler.HasWaiting; looks++)
        {
            await _bed.PassAsync(1);
        }

        Assert.Equal((false, true), (waiting.IsCompleted, one.Scheduler.HasWaiting));
        var waited = _bed.Clock.GetUtcNow() - arrived;
        lease.Complete(Done);
        using var next = await waiting.WaitAsync(LongestWait);
        Assert.Equal((1, waited), (next!.Route.Position, next.Route.Waited));
    }

    [Fact]
    public async Task Wait_Place_IsToldAsItChanges()
    {
        var (one, two) = (await _bed.AddAsync("one"), await _bed.AddAsync("two"));
        using var lease = await one.LeaseAsync("ann");
        using var left = new CancellationTokenSource();
        var first = one.AcquireAsync("bob", left.Token);
        var second = two.AcquireAsync("cid");
        Assert.Equal(2, Place(two, "cid").Position);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(LongestWait));
        await _bed.PassAsync(5);
        await DeskBed.UntilAsync(() => Place(two, "cid").Position == 1);

        Assert.Equal((QueueState.Waiting, TimeSpan.FromSeconds(5)), (Place(two, "cid").State, Place(two, "cid").Waited));
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task Leave_WhileItWaits_LeavesNothingBehind()
    {
        var one = await _bed.AddAsync("one");
        using var lease = await one.LeaseAsync();
        using var left = new CancellationTokenSource();
        var waiting = one.AcquireAsync("bob", left.Token);
        Assert.Equal(1, _bed.Waiting);
        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(LongestWait));
        Assert.Equal((0, 1), (_bed.Waiting, _bed.Running));
    }

    [Fact]
    public async Task Dispose_RunningCall_FreesTheSlot()
    {
        var (one, two) = (await _bed.AddAsync("one"), await _bed.AddAsync("two"));
        var lease = await one.LeaseAsync();
        lease.NoteAnswer();
        var waiting = two.AcquireAsync("bob");
        lease.Dispose();

        using var next = await waiting.WaitAsync(LongestWait);
        Assert.Equal(1, _bed.Running);
    }

    [Fact]
    public async Task Send_AnswerLost_IsRepeatedAndCountsOnce()
    {
        var one = await _bed.AddAsync("one");
        one.LostAnswers = 1;
        var acquiring = one.AcquireAsync();
        await _bed.PassAsync(0.5);
        using var lease = await acquiring.WaitAsync(LongestWait);

        Assert.Equal((1, 0), (_bed.Running, _bed.Waiting));
        lease!.Complete(Done);
        await _bed.PassAsync(0.25);
        await DeskBed.UntilAsync(() => _bed.Running == 0);
    }

    [Fact]
    public async Task Refused_TooManyWaiting_IsTheErrorOfTheQueue()
    {
        using var bed = new DeskBed(new SchedulerOptions { Slots = 1, QueueMax = 1 });
        var (one, two) = (await bed.AddAsync("one"), await bed.AddAsync("two"));
        using var lease = await one.LeaseAsync();
        var waiting = one.AcquireAsync("bob");

        var refused = await Assert.ThrowsAsync<GatewayException>(() => two.AcquireAsync("cid").WaitAsync(LongestWait));
        Assert.Equal(GatewayError.QueueFull, refused.Error);
        Assert.Equal((1, false), (bed.Waiting, waiting.IsCompleted));
    }

    [Fact]
    public async Task Wait_SchedulerAway_IsBoundedByQueueTimeout()
    {
        var one = await _bed.AddAsync("one");
        one.IsCut = true;
        var waiting = one.AcquireAsync();
        await _bed.PassAsync(58);
        Assert.False(waiting.IsCompleted);
        await _bed.PassAsync(6);

        var refused = await Assert.ThrowsAsync<GatewayException>(() => waiting.WaitAsync(LongestWait));
        Assert.Equal(GatewayError.QueueTimeout, refused.Error);
        Assert.StartsWith("The request waited for 60 s,", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_KeyRemoved_EndsWithThatError()
    {
        var one = await _bed.AddAsync("one");
        using var lease = await one.LeaseAsync();
        var waiting = one.AcquireAsync("bob");
        one.RemoveKey();

        var refused = await Assert.ThrowsAsync<GatewayException>(() => waiting.WaitAsync(LongestWait));
        Assert.Equal((GatewayError.InvalidApiKey, 0), (refused.Error, _bed.Waiting));
    }

    [Fact]
    public async Task Move_NoOtherHost_GivesTheSlotBack()
    {
        var one = await _bed.AddAsync("one");
        using var lease = await one.LeaseAsync();
        var moved = await lease.TryMoveAsync(new GatewayException(GatewayError.UpstreamError, "broken") { UpstreamStatus = 500 }, CancellationToken.None);

        Assert.False(moved);
        Assert.Equal(0, _bed.Running);
    }

    [Fact]
    public async Task Move_SameHostMayBeTriedAgain_IsGrantedAgain()
    {
        var one = await _bed.AddAsync("one");
        using var lease = await one.LeaseAsync();
        var failure = new GatewayException(GatewayError.UpstreamUnreachable, "reset");
        var moved = await lease.TryMoveAsync(failure, CancellationToken.None).AsTask().WaitAsync(LongestWait);

        Assert.Equal((moved, moved ? 1 : 0), (OllamaRetries(failure), _bed.Running));
    }

    [Fact]
    public async Task Move_AfterAWait_CountsEachSecondOnce()
    {
        var one = await _bed.AddAsync("one");
        var held = await one.LeaseAsync("ann");
        var waiting = one.AcquireAsync("bob");
        await _bed.PassAsync(2);
        held.Complete(Done);
        using var lease = await waiting.WaitAsync(LongestWait);
        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.Zero), (lease!.Route.Waited, lease.Route.Earlier));
        await _bed.PassAsync(1);
        Assert.True(await lease.TryMoveAsync(Reset, CancellationToken.None).AsTask().WaitAsync(LongestWait));

        var (all, atTheHost) = (TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1));
        Assert.Equal((all, all, atTheHost), (lease.Route.Waited, lease.Route.Earlier, lease.Route.Failed));
    }

    [Fact]
    public async Task Drain_OfOneGateway_RefusesOnlyItsCalls()
    {
        var (one, two) = (await _bed.AddAsync("one"), await _bed.AddAsync("two"));
        using var lease = await one.LeaseAsync();
        var (own, other) = (one.AcquireAsync("bob"), two.AcquireAsync("cid"));
        one.Scheduler.Drain(TimeSpan.Zero);

        var refused = await Assert.ThrowsAsync<GatewayException>(() => own.WaitAsync(LongestWait));
        Assert.Equal((GatewayError.ShuttingDown, 1, false), (refused.Error, _bed.Waiting, other.IsCompleted));
    }

    [Fact]
    public async Task Complete_WithALoadOfItsOwn_IsReportedAsForeign()
    {
        var one = await _bed.AddAsync("one");
        using var lease = await one.LeaseAsync();
        lease.Complete(new UpstreamEnd(null, new GenerationTimings(TimeSpan.FromSeconds(3), TimeSpan.Zero, TimeSpan.FromSeconds(1))));
        await _bed.PassAsync(0.25);

        Assert.Equal(["m on gpu1"], _bed.Foreign);
    }

    private static UpstreamEnd Done { get; } = new(null, new GenerationTimings(TimeSpan.Zero, TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(1)));

    /// <summary>After it, the same host may be tried again.</summary>
    private static GatewayException Reset { get; } =
        new(GatewayError.UpstreamUnreachable, "reset", new HttpRequestException(HttpRequestError.ResponseEnded));

    private static bool OllamaRetries(GatewayException failure) => Infrastructure.Ollama.OllamaErrors.MaySucceedAtOnce(failure);

    private static QueueEntry Place(TestReplica replica, string key) => Assert.Single(replica.Scheduler.List(key));
}
