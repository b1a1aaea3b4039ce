using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>A call of some gateway in the scheduler of the cluster. What is decided about it goes to its gateway.</summary>
/// <param name="id">Its number at its gateway.</param>
internal sealed class RemoteCall(DeskSession session, long id, CallMessage message) : IScheduledCall
{
    private volatile bool _isSilent;

    public CallTicket Ticket { get; set; } = null!;

    public long Id => id;

    public string Model => message.Model;

    public string? RequestId => message.RequestId;

    public bool IsWaiting => Ticket.State is CallState.Waiting or CallState.Held;

    /// <summary>Its gateway finds it silent after the same time as every other.</summary>
    public bool IsSilent { set => _isSilent = value; }

    public bool IsSilentFor(TimeSpan time) => _isSilent;

    public void Grant()
    {
        // Its client may have left in this moment.
        if (Ticket is { State: CallState.Running, Host: { } host })
        {
            session.Decisions.Add(Describe(ReplicaDecisionKind.Granted) with
            {
                Host = host,
                Context = Ticket.Context,
                Waited = Ticket.Waited,
                Loading = Ticket.Loading,
                LoadShare = Ticket.LoadShare,
                Cost = Ticket.Cost,
                IsTrial = Ticket.IsTrial,
                Attempts = Ticket.Attempts,
                Counter = Ticket.Counter,
                VirtualTime = Ticket.VirtualTime,
            });
        }
    }

    public void Queue() => session.Decisions.Add(Describe(ReplicaDecisionKind.Queued));

    public void Refuse(Refusal refusal)
    {
        session.Forget(this);
        session.Decisions.Add(Describe(ReplicaDecisionKind.Refused) with
        {
            Reason = refusal.Reason,
            RetryAfter = refusal.RetryAfter,
            Wait = refusal.Wait,
            Cause = refusal.Cause is GatewayException cause ? FailureMessage.Of(cause) : null,
        });
    }

    public void Lose()
    {
        session.Forget(this);
        session.Decisions.Add(Describe(ReplicaDecisionKind.Lost));
    }

    public void Break() => session.Decisions.Add(Describe(ReplicaDecisionKind.Broken));

    private ReplicaDecision Describe(ReplicaDecisionKind kind) => new()
    {
        Kind = kind,
        Call = id,
        Ticket = Ticket.Id,
        Position = Ticket.Position,
        Expected = Ticket.Expected,
    };
}
