using LlamaGate.Infrastructure.Cluster;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>The way to the scheduler of the cluster: through its grain, or directly while this gateway holds it.</summary>
internal sealed class GrainDesk(IClusterGrains cluster, SchedulerSeat seat) : IDesk
{
    private SiloGrains? _grains;
    private ISchedulerGrain? _grain;
    private HeldScheduler? _held;

    public async ValueTask<Guid> JoinAsync()
    {
        _grains = await cluster.WaitAsync(CancellationToken.None);
        _grain = Of(_grains);
        var session = await _grain.Join(_grains.Address.ToParsableString());
        // Of several activations only the one that knows the session is meant.
        _held = seat.Held is { } held && held.Desk.Knows(session) ? held : null;
        return session;
    }

    // A session has joined.
    public ValueTask<SessionReply> SendAsync(SessionEvents events) => _held is { } held ? new(held.Send(events)) : _grain!.Send(events);

    public ValueTask<SessionReply> PollAsync(SessionPoll poll) => _held is { } held ? held.Desk.PollAsync(poll) : _grain!.Poll(poll);

    /// <summary>The one scheduler of the cluster.</summary>
    public static ISchedulerGrain Of(SiloGrains grains) => grains.Factory.GetGrain<ISchedulerGrain>(0);
}
