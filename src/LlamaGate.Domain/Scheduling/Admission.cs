namespace LlamaGate.Domain.Scheduling;

/// <summary>Takes calls into the queue, or refuses them.</summary>
internal sealed class Admission(SchedulerState state, HostUpdates hosts)
{
    /// <summary>A call is refused at arrival when its wait would be longer than QUEUE_TIMEOUT by this factor: estimates are not exact.</summary>
    private const double HopelessFactor = 1.5;

    private static readonly TimeSpan MinRetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromSeconds(120);

    /// <summary>A call arrives. Its ticket is over if it is refused; then there is a decision that says why.</summary>
    public CallTicket Arrive(CallSpec spec)
    {
        var call = Open(spec);
        state.Order.Begin(call.Owner);
        if (Refusal(call) is { } refusal)
        {
            state.Decide(new Refuse(call, refusal));
            return call;
        }

        Enter(call);
        state.Eta.NoteArrival(call);
        return call;
    }

    /// <summary>The ticket of a call that has no slot and is in no queue.</summary>
    public CallTicket Open(CallSpec spec)
    {
        var principal = state.Principals.Get(spec.Principal);
        principal.Principal = spec.Principal;
        var model = state.Model(spec.Model);
        (model.Rule, model.IsEmbedding) = (spec.Rule, spec.IsEmbedding);
        hosts.AddRemoteRunners(model);
        var line = principal.LineFor(model);
        var arrivedAt = spec.ArrivedAt is { } first && first < state.Now ? first : state.Now;
        var estimate = model.Figures.Estimate(spec, line.CompletionTokens);
        return new CallTicket(state.NextId(), spec, line, arrivedAt) { Estimate = estimate, Cost = estimate.Seconds, State = CallState.Over };
    }

    /// <summary>A call begins to wait, or waits again.</summary>
    public void Enter(CallTicket call)
    {
        Count(call);
        state.Waiting.Enter(call, state.Now + state.Options.QueueTimeout - call.Waited);
    }

    /// <summary>A call waits or runs from now on; <see cref="End"/> undoes it.</summary>
    public void Count(CallTicket call)
    {
        state.Principals.NoteBusy(call.Owner);
        call.Line.Calls++;
        call.Line.Model.Calls++;
        Join(call);
    }

    /// <summary>A call that has lost its slot waits again.</summary>
    /// <returns>False when no host is left for it.</returns>
    public bool TryReturn(CallTicket call)
    {
        if (FindRefusal(call) is not null)
        {
            return false;
        }

        Enter(call);
        return true;
    }

    /// <summary>Ends the wait of a call with an error.</summary>
    public void Refuse(CallTicket call, RefusalReason reason) => Refuse(call, new Refusal(reason, RetryAfter(call)));

    public void Refuse(CallTicket call, Refusal refusal)
    {
        state.Waiting.Leave(call);
        End(call);
        state.Decide(new Refuse(call, refusal));
    }

    /// <summary>The call is in no queue and has no slot any more.</summary>
    public void End(CallTicket call)
    {
        call.State = CallState.Over;
        call.Line.Calls--;
        call.Line.Model.Calls--;
        if (call.Group is { } group)
        {
            call.Group = null;
            if (--group.Calls == 0)
            {
                call.Line.Model.Groups.Remove(group.Prefix);
            }
        }

        state.Principals.NoteIdle(call.Owner);
    }

    /// <summary>Refuses those who wait for a host that there is not any more, or for a model that cannot be loaded.</summary>
    /// <param name="model">Null: all models.</param>
    public void RefuseHopeless(ModelState? model = null)
    {
        foreach (var call in state.Waiting.All.Where(call => model is null || call.Line.Model == model).ToArray())
        {
            if (FindRefusal(call) is { } refusal)
            {
                Refuse(call, refusal);
            }
        }
    }

    private static void Join(CallTicket call)
    {
        if (call.Spec.Prefix is { } prefix)
        {
            var groups = call.Line.Model.Groups;
            if (!groups.TryGetValue(prefix, out var group))
            {
                groups[prefix] = group = new PrefixGroup(prefix);
            }

            group.Calls++;
            call.Group = group;
        }
    }

    private Refusal? Refusal(CallTicket call)
    {
        if (FindRefusal(call) is { } hopeless)
        {
            return hopeless;
        }

        var isFree = HasFreeSlot(call);
        if (isFree && !IsHeld(call))
        {
            // It will not wait, so no limit of the queue concerns it.
            return null;
        }

        var (position, wait) = state.Eta.Predict(call.Line, (int)WaitingLine.AskedClass(call));
        (call.Position, call.PredictedWait) = (position, wait);
        if (isFree)
        {
            // It waits for another call, but not for a slot.
            return null;
        }

        var eta = state.Eta.Correct(wait);
        call.Expected = eta;
        RefusalReason? reason = call.Owner.Waiting >= call.Spec.Principal.MaxWaiting ? RefusalReason.TooManyWaiting
            : state.Waiting.Count >= state.Options.QueueMax || state.Waiting.Bytes + call.Spec.BodyBytes > state.Options.QueueMaxBytes
                ? RefusalReason.QueueFull
            : eta > state.Options.QueueTimeout * HopelessFactor ? RefusalReason.QueueTimeout
            : null;
        return reason is null ? null
            : new Refusal(reason.Value, Bounded(eta)) { Wait = reason is RefusalReason.QueueTimeout ? eta : null };
    }

    private bool HasFreeSlot(CallTicket call)
    {
        if (call.Line.Model.Waiting > 0 || call.Owner.IsFull)
        {
            return false;
        }

        foreach (var runner in call.Line.Model.Runners)
        {
            if (runner.HasRoom(call, state.Now) && call.IsServedBy(runner))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it will wait for a call that computes the prefix of both.</summary>
    private static bool IsHeld(CallTicket call) =>
        call.Spec.Prefix is { } prefix && call.Line.Model.Groups.TryGetValue(prefix, out var group) && group.Leader is not null;

    /// <summary>Why the call can be served nowhere, whatever happens in the queue; null when it can.</summary>
    private Refusal? FindRefusal(CallTicket call)
    {
        var (model, now) = (call.Line.Model, state.Now);
        (TimeSpan Until, object? Cause)? failed = null;
        var isCrowdedOut = false;
        foreach (var host in state.Hosts)
        {
            if (!host.IsLive || !host.MayHave(model.Key) || call.IsBarredFrom(host))
            {
                continue;
            }

            var isServed = host.Runners.TryGetValue(model.Key, out var runner) && call.IsServedBy(runner) && !runner.IsExpired(now);
            if (isServed || host.Load?.Model == model)
            {
                return null;
            }

            if (RoomPlanner.IsCrowdedOut(host, model))
            {
                isCrowdedOut = true;
            }
            else if (host.FindFailure(model.Key, now) is { } failure)
            {
                failed = failed is null || failure.Until < failed.Value.Until ? failure : failed;
            }
            else
            {
                return null;
            }
        }

        return failed is { } last
            ? new Refusal(RefusalReason.LoadFailed, Bounded(last.Until - now)) { Cause = last.Cause }
            : isCrowdedOut ? new Refusal(RefusalReason.NoRoom, MaxRetryAfter)
            : new Refusal(RefusalReason.NoHost, MinRetryAfter);
    }

    private TimeSpan RetryAfter(CallTicket call) =>
        Bounded(state.Eta.Correct(state.Eta.Predict(call.Line, (int)WaitingLine.AskedClass(call)).Wait));

    private static TimeSpan Bounded(TimeSpan wait) => wait < MinRetryAfter ? MinRetryAfter : wait > MaxRetryAfter ? MaxRetryAfter : wait;
}
