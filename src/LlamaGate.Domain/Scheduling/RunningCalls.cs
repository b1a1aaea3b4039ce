namespace LlamaGate.Domain.Scheduling;

/// <summary>The calls that have a slot: what they are charged, and what waits for them.</summary>
internal sealed class RunningCalls(SchedulerState state)
{
    /// <summary>Tokens beyond the estimate are charged in steps of this many.</summary>
    private const int ChargedTokens = 64;

    /// <summary>When something changes by time alone; null = never.</summary>
    public TimeSpan? NextChange
    {
        get
        {
            var next = TimeSpan.MaxValue;
            foreach (var group in state.Leading)
            {
                next = group.Held.Count > 0 && group.HeldUntil < next ? group.HeldUntil : next;
            }

            foreach (var runner in state.Lingering)
            {
                foreach (var until in runner.Lingering)
                {
                    next = until < next ? until : next;
                }
            }

            return next < TimeSpan.MaxValue ? next : null;
        }
    }

    /// <summary>Releases those who have waited long enough for a leader, and slots that calls which have left still held.</summary>
    public void AdvanceTo(TimeSpan now)
    {
        for (var i = state.Leading.Count - 1; i >= 0; i--)
        {
            if (state.Leading[i].HeldUntil <= now && state.Leading[i].Leader is { } leader)
            {
                StopLeading(leader);
            }
        }

        for (var i = state.Lingering.Count - 1; i >= 0; i--)
        {
            var lingering = state.Lingering[i].Lingering;
            lingering.RemoveAll(until => until <= now);
            if (lingering.Count == 0)
            {
                state.Lingering.RemoveAt(i);
            }
        }
    }

    public void NoteFirstToken(CallTicket call)
    {
        call.FirstTokenAt = state.Now;
        call.Trial?.Judge(state.Now);
        call.Trial = null;
        if (call.Group is { } group)
        {
            group.CachedAt = call.Host;
        }

        StopLeading(call);
    }

    /// <summary>What a call generates beyond its estimate is charged as it comes.</summary>
    /// <param name="tokens">Generated so far.</param>
    public void NoteTokens(CallTicket call, int tokens)
    {
        var estimate = call.Estimate;
        var beyond = Math.Floor((tokens - estimate.CompletionTokens) / ChargedTokens) * ChargedTokens;
        var charged = call.Cost + (Math.Max(0, beyond) / estimate.TokensPerSecond);
        if (charged > call.Charged)
        {
            Charge(call, charged);
        }
    }

    /// <summary>Frees the slot of a call, and settles its cost.</summary>
    /// <param name="lingersUntil">Until when it keeps its slot all the same; null = it does not.</param>
    public void Free(CallTicket call, CallEnd end, TimeSpan? lingersUntil)
    {
        var runner = call.Runner!; // A running call has one.
        var now = state.Now;
        call.Trial?.Drop();
        call.Trial = null;
        StopLeading(call);
        runner.End(call, now, lingersUntil);
        if (lingersUntil is not null && !state.Lingering.Contains(runner))
        {
            state.Lingering.Add(runner);
        }

        if (end.IsComplete)
        {
            call.Line.Model.Figures.Learn(call.Spec, end);
            runner.Learn(end);
            if (end.CompletionTokens > 0)
            {
                call.Line.Learn(end.CompletionTokens);
            }
        }

        Charge(call, end.IsFree ? 0 : end.IsComplete ? end.Cost : (now - call.GrantedAt).TotalSeconds);
        state.Order.Change(call.Owner, owner => owner.Running--);
    }

    private void Charge(CallTicket call, double seconds)
    {
        var more = seconds - call.Charged;
        call.Charged = seconds;
        call.Line.NoteUse(more, state.Now);
        state.Order.Change(call.Owner, owner => owner.Counter += more / owner.Weight);
    }

    /// <summary>The call does not compute a common prompt any more.</summary>
    private void StopLeading(CallTicket call)
    {
        if (call.Group is { } group && group.Leader == call)
        {
            group.Leader = null;
            state.Leading.Remove(group);
            state.Waiting.Release(group);
        }
    }
}
