namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>The way of one gateway to the scheduler of the cluster, wherever that is. A method that fails can be called again.</summary>
internal interface IDesk
{
    /// <summary>Begins a session; an earlier one of the gateway is over.</summary>
    /// <returns>The session's id; <see cref="Guid.Empty"/> when there is no scheduler at the moment.</returns>
    ValueTask<Guid> JoinAsync();

    /// <summary>Tells what has happened, and gets what was decided at once.</summary>
    ValueTask<SessionReply> SendAsync(SessionEvents events);

    /// <summary>Waits for decisions, for some seconds at most.</summary>
    ValueTask<SessionReply> PollAsync(SessionPoll poll);
}
