using Orleans;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>The one scheduler of a cluster of gateways.</summary>
[Alias("llamagate.scheduler")]
internal interface ISchedulerGrain : IGrainWithIntegerKey
{
    /// <summary>See <see cref="IDesk.JoinAsync"/>.</summary>
    /// <param name="replica">The address of the gateway's silo.</param>
    [ResponseTimeout("00:00:03")]
    ValueTask<Guid> Join(string replica);

    /// <summary>See <see cref="IDesk.SendAsync"/>.</summary>
    [ResponseTimeout("00:00:03")]
    ValueTask<SessionReply> Send(SessionEvents events);

    /// <summary>See <see cref="IDesk.PollAsync"/>.</summary>
    [ResponseTimeout("00:00:08")]
    ValueTask<SessionReply> Poll(SessionPoll poll);

    /// <summary>Everything as it is now, as JSON.</summary>
    /// <param name="maxQueued">The most calls of the queue to list.</param>
    [ResponseTimeout("00:00:05")]
    ValueTask<byte[]> Describe(int maxQueued);

    /// <summary>The calls of a key, as JSON.</summary>
    [ResponseTimeout("00:00:05")]
    ValueTask<byte[]> List(string keyId);

    /// <summary>An administrator wants something.</summary>
    [ResponseTimeout("00:00:15")]
    ValueTask<ChangeReply> Change(HostChange change);
}
