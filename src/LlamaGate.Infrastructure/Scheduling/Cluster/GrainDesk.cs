using LlamaGate.Infrastructure.Cluster;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>The way to the scheduler of the cluster through its grain.</summary>
internal sealed class GrainDesk(IClusterGrains cluster) : IDesk
{
    private SiloGrains? _grains;
    private ISchedulerGrain? _grain;

    public async ValueTask<Guid> JoinAsync()
    {
        _grains = await cluster.WaitAsync(CancellationToken.None);
        _grain = Of(_grains);
        return await _grain.Join(_grains.Address.ToParsableString());
    }

    // A session has joined.
    public ValueTask<SessionReply> SendAsync(SessionEvents events) => _grain!.Send(events);

    public ValueTask<SessionReply> PollAsync(SessionPoll poll) => _grain!.Poll(poll);

    /// <summary>The one scheduler of the cluster.</summary>
    public static ISchedulerGrain Of(SiloGrains grains) => grains.Factory.GetGrain<ISchedulerGrain>(0);
}
