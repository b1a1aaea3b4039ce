namespace LlamaGate.Domain.Scheduling;

/// <summary>Grants slots: the next call is chosen among those that a free slot can serve, and then its host.</summary>
internal sealed class Dispatcher(SchedulerState state)
{
    /// <summary>After that time a prompt is hardly in a host's cache any more.</summary>
    private static readonly TimeSpan RecentFor = TimeSpan.FromMinutes(10);

    /// <summary>By how many calls the host with the cached prompt may be busier than the least busy one.</summary>
    private const int MaxBusier = 1;

    /// <summary>Grants all slots that can be granted now.</summary>
    public void Pump()
    {
        while (FindNext() is { } next)
        {
            Grant(next.Call, next.Runner);
        }
    }

    /// <summary>Of the best calls of all models the best one: models compete for a host's <see cref="HostLimits.MaxRunning"/>.</summary>
    private Candidate? FindNext()
    {
        Candidate? best = null;
        foreach (var model in state.Waiting.Wanted)
        {
            if (HasRoom(model) && FindNext(model) is { } next && best?.Key.Precedes(next.Key) is not true)
            {
                best = next;
            }
        }

        return best;
    }

    private bool HasRoom(ModelState model)
    {
        foreach (var runner in model.Runners)
        {
            if (runner.MayHaveRoom(state.Now))
            {
                return true;
            }
        }

        return false;
    }

    private Candidate? FindNext(ModelState model)
    {
        while (true)
        {
            CallTicket? held = null;
            Candidate? best = null;
            foreach (var line in model.Lines)
            {
                if (best?.Key.Precedes(line.Key) is true)
                {
                    break;
                }

                var next = FindIn(line, out held);
                best = next is not null && best?.Key.Precedes(next.Value.Key) is not true ? next : best;
                if (held is not null)
                {
                    break;
                }
            }

            if (held is null)
            {
                return best;
            }

            // Outside the enumeration, because it changes the order. Each call is held once for a leader.
            state.Waiting.Hold(held);
        }
    }

    /// <param name="held">A call that must wait for the leader of its group.</param>
    private Candidate? FindIn(WaitingLine line, out CallTicket? held)
    {
        var aging = state.Options.PriorityAging;
        held = null;
        foreach (var call in line.InOrder(state.Now, aging))
        {
            if (call.Group is { Leader: not null })
            {
                held = call;
                return null;
            }

            if (Place(call) is { } runner)
            {
                var key = line.Key with { Class = line.ClassOf(call, state.Now, aging), ArrivedAt = call.ArrivedAt };
                return new Candidate(call, runner, key);
            }

            if (call is { IsRestricted: false, Spec.TeachesSlots: true })
            {
                // Those behind it are not better off.
                return null;
            }
        }

        return null;
    }

    /// <summary>The runner for a call: where its principal last used the model unless that is busier, then the least busy, then the fastest.</summary>
    private Runner? Place(CallTicket call)
    {
        Runner? best = null, recent = null;
        foreach (var runner in call.Line.Model.Runners)
        {
            if (!runner.HasRoom(call, state.Now) || !call.IsServedBy(runner))
            {
                continue;
            }

            best = best is null || IsBetter(runner, best) ? runner : best;
            if (runner.Host.Name == call.Line.RecentHost && state.Now - call.Line.RecentAt <= RecentFor)
            {
                recent = runner;
            }
        }

        return recent is not null && recent.Busy <= best!.Busy + MaxBusier ? recent : best;
    }

    private static bool IsBetter(Runner one, Runner other)
    {
        var order = ((double)one.Busy / one.Slots.Known).CompareTo((double)other.Busy / other.Slots.Known);
        order = order != 0 ? order : (one.SecondsPerToken ?? double.MaxValue).CompareTo(other.SecondsPerToken ?? double.MaxValue);
        return order < 0 || (order == 0 && string.CompareOrdinal(one.Host.Name, other.Host.Name) < 0);
    }

    private void Grant(CallTicket call, Runner runner)
    {
        var now = state.Now;
        state.Waiting.Leave(call);
        state.Order.Change(call.Owner, owner =>
        {
            owner.Running++;
            owner.LastGrant = now;
            owner.Counter += call.Cost / owner.Weight;
        });
        state.Order.RaiseVirtualTime();
        (call.Counter, call.VirtualTime) = (call.Owner.Counter, state.Order.VirtualTime);
        call.Line.NoteUse(call.Cost, now);
        call.Charged = call.Cost;
        call.State = CallState.Running;
        call.GrantedAt = now;
        NoteWait(call, runner);
        runner.Begin(call, now);
        call.Runner = runner;
        (call.Line.RecentHost, call.Line.RecentAt) = (runner.Host.Name, now);
        Lead(call);
        state.Decide(new Grant(call));
    }

    private void NoteWait(CallTicket call, Runner runner)
    {
        call.Waited += state.Now - call.EnteredAt;
        call.Loading += runner.LoadingSince(call.EnteredAt);
        if (call.Attempts++ == 0)
        {
            state.Eta.NoteWait(call);
        }
    }

    /// <summary>The others of its group wait for its first token, for at most twice the time that its prompt should take.</summary>
    private void Lead(CallTicket call)
    {
        var until = state.Now + TimeSpan.FromSeconds(2 * call.Estimate.PromptSeconds);
        if (call.Group is { Leader: null } group && group.CachedAt != call.Host && until > state.Now)
        {
            group.Leader = call;
            group.HeldUntil = until;
            state.Leading.Add(group);
        }
    }

    private readonly record struct Candidate(CallTicket Call, Runner Runner, LineKey Key);
}
