using LlamaGate.Domain.Callers;

namespace LlamaGate.Domain.Scheduling;

/// <summary>
/// How a new scheduler takes over from one that is lost: it begins in recovery, learns from others what runs and what waits, and decides
/// nothing until recovery ends.
/// </summary>
public sealed partial class Scheduler
{
    /// <summary>While it is true nothing is granted and nothing is loaded, because what runs on the hosts is not known completely.</summary>
    public bool IsRecovering => _state.IsRecovering;

    /// <summary>Begins recovery. Only for a scheduler that has no calls yet.</summary>
    public void BeginRecovery() => _state.IsRecovering = true;

    /// <summary>All that can be known is known: grants what has become possible.</summary>
    public void EndRecovery(TimeSpan now)
    {
        Advance(now);
        _handover.End();
        _admission.RefuseHopeless();
        Settle();
    }

    /// <summary>What is remembered about a principal. Of several memories the highest counter counts, and the highest virtual time.</summary>
    /// <param name="counter">See <see cref="CallTicket.Counter"/>.</param>
    /// <param name="virtualTime">See <see cref="CallTicket.VirtualTime"/>.</param>
    public void Restore(TimeSpan now, Principal principal, double counter, double virtualTime)
    {
        Advance(now);
        _handover.Restore(principal, counter, virtualTime);
        Settle();
    }

    /// <summary>What was learned about speeds, loads and slots, for a scheduler that takes over.</summary>
    public IReadOnlyList<LearnedFigures> ReadLearned() => _handover.ReadLearned();

    /// <summary>What another scheduler has learned. What is known here already stays.</summary>
    public void Restore(TimeSpan now, LearnedFigures learned)
    {
        Advance(now);
        _handover.Restore(learned);
        Settle();
    }

    /// <summary>
    /// A call that another scheduler has accepted, with what has become of it. It is never refused here. A running call keeps its slot; if its
    /// host is not known any more, its ticket is over.
    /// </summary>
    /// <param name="spec"><see cref="CallSpec.ArrivedAt"/> names its arrival by this scheduler's clock.</param>
    public CallTicket Adopt(TimeSpan now, CallSpec spec, CallHistory history)
    {
        Advance(now);
        var call = _handover.Adopt(spec, history);
        Settle();
        return call;
    }
}
