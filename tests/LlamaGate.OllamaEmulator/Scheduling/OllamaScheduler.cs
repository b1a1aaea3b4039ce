namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>
/// Ollama's scheduler as a state machine: events and the time go in, calls change their stage. It has no clock, timer or thread of
/// its own, and is not thread-safe. Times never go back; what is due before an event happens before it.
/// </summary>
internal sealed class OllamaScheduler(SchedulingOptions options)
{
    private readonly LoadedRunners _loaded = new(options.MaxLoadedModels);
    private readonly Queue<RunnerCall> _pending = [];
    private readonly Random _order = new(options.Seed);
    private Loading? _loading;
    private TimeSpan _now;

    public SchedulerCounts Counts { get; } = new();

    public IReadOnlyList<Runner> Loaded => _loaded.All;

    public int Pending => _pending.Count + (_loading is null ? 0 : 1);

    /// <summary>When something happens by itself; null when nothing does.</summary>
    public TimeSpan? NextDue => Earlier(_loading?.Runner is null ? null : _loading.Ends, _loaded.NextDue);

    /// <summary>Lets everything happen that is due until then.</summary>
    public void Advance(TimeSpan now)
    {
        while (NextDue is { } due && due <= now)
        {
            MoveTo(due);
            foreach (var runner in _loaded.All.Where(runner => runner.Engine.StepEnds <= due).ToArray())
            {
                runner.EndStep(due);
            }

            if (_loading is { Runner: { } loaded } loading && loading.Ends <= due)
            {
                EndLoad(loading.Call, loaded);
            }

            Settle();
        }

        MoveTo(now);
    }

    public void Submit(RunnerCall call, TimeSpan now)
    {
        Advance(now);
        call.Arrived = now;
        if (_loaded.Of(call.Work.Model.Blob) is { } runner && runner.Serves(call.Work))
        {
            runner.Enter(call, now);
        }
        else if (_pending.Count >= options.MaxQueue)
        {
            call.Fail(CallFailure.QueueFull);
        }
        else
        {
            _pending.Enqueue(call);
        }

        Settle();
    }

    /// <summary>The call is answered, or its client has left.</summary>
    public void End(RunnerCall call, TimeSpan now)
    {
        Advance(now);
        Counts.End(call);
        if (call.Runner is { } runner)
        {
            runner.Remove(call, now);
        }
        else
        {
            call.Stage = CallStage.Ended;
            call.Changed?.Invoke();
            AbandonLoad(call);
        }

        Settle();
    }

    /// <summary>keep_alive 0 of a call without a prompt: the model goes when it is idle, and nobody waits for that.</summary>
    public void Unload(EmulatedModel model, TimeSpan now)
    {
        Advance(now);
        _loaded.Of(model.Blob)?.Dismiss(now);
        Settle();
    }

    /// <summary>False when the model is not loaded.</summary>
    public bool Kill(EmulatedModel model, TimeSpan now)
    {
        Advance(now);
        var runner = _loaded.Of(model.Blob);
        runner?.Kill(now);
        return runner is not null;
    }

    /// <summary>The server was stopped: what was loaded is not there any more.</summary>
    public void Clear(TimeSpan now)
    {
        Advance(now);
        _loaded.Clear();
        _pending.Clear();
        _loading = null;
    }

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;

    private void MoveTo(TimeSpan now)
    {
        if (now > _now)
        {
            Counts.Pass(now - _now, _loaded.All, _loading?.Runner is not null, Pending > 0);
            _now = now;
        }
    }

    /// <summary>What follows from a change at once: idle runners go, and the next load begins.</summary>
    private void Settle()
    {
        do
        {
            foreach (var runner in _loaded.Expired(_now))
            {
                _loaded.Remove(runner);
            }
        }
        while (BeginNext());
    }

    /// <summary>True when something changed.</summary>
    private bool BeginNext()
    {
        if (_loading is null)
        {
            return _pending.TryDequeue(out var call) && Take(call);
        }

        if (_loading.Runner is not null || (_loading.Victim is { } victim && _loaded.All.Contains(victim)))
        {
            return false;
        }

        StartLoad(_loading);
        return true;
    }

    private bool Take(RunnerCall call)
    {
        if (call.Stage is CallStage.Ended)
        {
            return true;
        }

        if (_loaded.Of(call.Work.Model.Blob) is { } runner && runner.Serves(call.Work))
        {
            runner.Enter(call, _now);
            return true;
        }

        var victim = _loaded.VictimFor(call.Work);
        _loading = new Loading(call) { Victim = victim };
        victim?.Dismiss(victim.IsIdle ? _now : null);
        return true;
    }

    private void StartLoad(Loading loading)
    {
        var work = loading.Call.Work;
        var engine = new Engine(work.Model.Slots(options.Parallel), options, Counts.Gaps);
        loading.Runner = new Runner(work.Model, work.Needs, engine, work.KeepAlive ?? options.KeepAlive);
        loading.Ends = _now + (work.Model.LoadTime ?? options.LoadTime);
        Counts.Add(loading, engine.Slots, _now);
        AbandonLoad(loading.Call);
    }

    /// <summary>A load ends with the client that asked for it; if it has not begun, it begins all the same.</summary>
    private void AbandonLoad(RunnerCall call)
    {
        if (_loading is { Runner: not null } && _loading.Call == call && call.Stage is CallStage.Ended)
        {
            Counts.AbandonLast();
            _loading = null;
        }
    }

    /// <summary>Those that waited for this very model get in, in any order.</summary>
    private void EndLoad(RunnerCall first, Runner runner)
    {
        _loaded.Add(runner);
        _loading = null;
        List<RunnerCall> calls = [first];
        while (_pending.TryPeek(out var next)
            && (next.Stage is CallStage.Ended || (next.Work.Model.Blob == runner.Model.Blob && runner.Serves(next.Work))))
        {
            calls.Add(_pending.Dequeue());
        }

        var entering = calls.Where(call => call.Stage is not CallStage.Ended).ToArray();
        _order.Shuffle(entering);
        foreach (var call in entering)
        {
            runner.Enter(call, _now);
        }
    }
}
