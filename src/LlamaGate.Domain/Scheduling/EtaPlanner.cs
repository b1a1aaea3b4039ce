namespace LlamaGate.Domain.Scheduling;

/// <summary>
/// Estimates when the calls that wait will be sent: in the order of their virtual start, laid on the slots one after the other, after the
/// load of their model, with no more calls of a principal at once than it may run, and with the newcomers that will go before them. The estimates of the whole queue are made at once, and the longer
/// the queue, the less often.
/// </summary>
internal sealed class EtaPlanner(SchedulerState state)
{
    private const double MinFactor = 0.5;
    private const double MaxFactor = 2;

    /// <summary>The factor begins as if this many seconds had been waited as predicted: it learns slowly, since the queue changes.</summary>
    private const double FirstSeconds = 3600;

    /// <summary>What is kept of earlier waits at each new one.</summary>
    private const double Kept = 0.999;

    /// <summary>Shorter waits say little about the estimates.</summary>
    private static readonly TimeSpan MinLearned = TimeSpan.FromSeconds(1);

    /// <summary>While no more calls than this wait, the estimate is made anew whenever it is needed.</summary>
    private const int SmallQueue = 64;

    /// <summary>For this long for each further call an estimate is used again; at most for <see cref="MaxAge"/>.</summary>
    private static readonly TimeSpan AgePerCall = TimeSpan.FromMilliseconds(0.1);
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ModelState, ModelQueuePlan> _plans = [];
    private readonly RunningLimits _limits = new(state);
    private double _waited = FirstSeconds;
    private double _predicted = FirstSeconds;

    /// <summary>Those who have used a model lately: each costs about as much as a call that waits.</summary>
    private int _users;
    private TimeSpan? _madeAt;
    private bool _isDirty = true;

    private double Factor => Math.Clamp(_waited / _predicted, MinFactor, MaxFactor);

    /// <summary>Something has happened that changes the queue.</summary>
    public void NoteChange() => _isDirty = true;

    /// <summary>A call that has waited was granted: how good was its estimate?</summary>
    public void NoteWait(CallTicket call)
    {
        if (call.PredictedWait is { } predicted && predicted >= MinLearned)
        {
            // Sums, not the mean of the ratios: those of short waits are mostly chance.
            _waited = (_waited * Kept) + call.Waited.TotalSeconds;
            _predicted = (_predicted * Kept) + predicted.TotalSeconds;
        }
    }

    /// <summary>The place of a call that waits.</summary>
    public (int Position, TimeSpan Eta) Find(CallTicket call)
    {
        Renew(force: call.Planned is null);
        return call.Planned is var (position, start) ? (position, Scale(start)) : (0, TimeSpan.Zero);
    }

    /// <summary>The place that a call would have if it arrived now.</summary>
    /// <param name="line">Its principal and model.</param>
    /// <param name="askedClass">0 low, 1 normal, 2 high.</param>
    public (int Position, TimeSpan Wait) Predict(WaitingLine line, int askedClass)
    {
        Renew(force: false);
        var plan = PlanOf(line.Model);
        // Behind its own calls that wait already.
        var (position, start) = plan.Insert(line, askedClass, line.Owner.Counter + line.Owner.PlannedCost);
        return (position, start > state.Now ? start - state.Now : TimeSpan.Zero);
    }

    /// <summary>A call has arrived that is not in the estimate yet: the next one of its principal stands behind it.</summary>
    public void NoteArrival(CallTicket call)
    {
        call.Owner.PlannedCost += call.Cost / call.Owner.Weight;
        _limits.NoteArrival(call);
    }

    private TimeSpan Scale(TimeSpan start) => start > state.Now ? (start - state.Now) * Factor : TimeSpan.Zero;

    /// <summary>The wait that <see cref="Predict"/> has found, with the learned factor.</summary>
    public TimeSpan Correct(TimeSpan wait) => wait * Factor;

    private void Renew(bool force)
    {
        var limit = (state.Waiting.Count + _users - SmallQueue) * AgePerCall;
        var isFresh = state.Now - _madeAt < (limit < MaxAge ? limit : MaxAge);
        if (_madeAt is null || force || (_isDirty && !isFresh))
        {
            Make();
        }
    }

    private void Make()
    {
        (_madeAt, _isDirty) = (state.Now, false);
        _plans.Clear();
        _limits.Forget();
        _users = 0;
        foreach (var model in state.Models)
        {
            model.ForgetUse(state.Now);
            _users += model.Recent.Count;
        }

        foreach (var call in state.Waiting.All)
        {
            (call.Owner.PlannedCost, call.Line.PlannedSeconds) = (0, 0);
        }

        foreach (var call in state.Waiting.All)
        {
            var reached = call.Line.ClassOf(call, state.Now, state.Options.PriorityAging);
            PlanOf(call.Line.Model).Add(call, reached, call.Owner.Counter + call.Owner.PlannedCost);
            call.Owner.PlannedCost += call.Cost / call.Owner.Weight;
            call.Line.PlannedSeconds += call.Cost;
        }

        foreach (var plan in _plans.Values)
        {
            plan.Lay();
        }
    }

    private ModelQueuePlan PlanOf(ModelState model)
    {
        if (!_plans.TryGetValue(model, out var plan))
        {
            _plans[model] = plan = new ModelQueuePlan(model, ModelSlots.Of(model, state), _limits, state.Order);
        }

        return plan;
    }
}
