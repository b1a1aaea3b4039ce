using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>
/// The only activation in the cluster. It does nothing itself: everything is done by the <see cref="HeldScheduler"/> of the gateway where it
/// lives. Reentrant, because polls wait.
/// </summary>
[Reentrant, KeepAlive]
internal sealed class SchedulerGrain(SchedulerSeat seat, IClusterMembershipService membership) : Grain, ISchedulerGrain
{
    private HeldScheduler _held = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await seat.PrepareAsync(cancellationToken);
        _held = seat.Take(membership);
        await base.OnActivateAsync(cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        seat.Leave(_held);
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    public ValueTask<Guid> Join(string replica)
    {
        var session = _held.Desk.Join(replica);
        LeaveIfClosed();
        return new(session);
    }

    public ValueTask<SessionReply> Send(SessionEvents events)
    {
        var reply = _held.Send(events);
        LeaveIfClosed();
        return new(reply);
    }

    public ValueTask<SessionReply> Poll(SessionPoll poll) => _held.Desk.PollAsync(poll);

    public ValueTask<byte[]> Describe(int maxQueued) => _held.DescribeAsync(maxQueued);

    public ValueTask<byte[]> List(string keyId) => new(_held.List(keyId));

    public ValueTask<ChangeReply> Change(HostChange change) => _held.ChangeAsync(change);

    /// <summary>The next caller finds the scheduler where the cluster puts it then.</summary>
    private void LeaveIfClosed()
    {
        if (_held.Desk.IsClosed)
        {
            DeactivateOnIdle();
        }
    }
}
