using LlamaGate.Simulation.Time;

namespace LlamaGate.Simulation.Hosts;

/// <summary>
/// A model of Ollama's scheduler, with what was measured on it: slots for each runner and an unlimited queue inside; loads pass one queue,
/// one at a time; a load that evicts waits until its victim is idle, and calls for the victim get in meanwhile; those that
/// waited for a load are served in any order.
/// </summary>
internal sealed class OllamaHost(EventQueue events, HostSettings settings, Draws draws)
{
    private readonly List<OllamaRunner> _loaded = [];
    private readonly Queue<OllamaCall> _pending = [];
    private readonly List<LoadSpan> _loads = [];
    private Loading? _loading;
    private (int WaitedInside, double BusySeconds) _gone;

    public HostSettings Settings => settings;

    public bool IsUp { get; private set; } = true;

    public IReadOnlyList<OllamaRunner> Loaded => _loaded;

    /// <summary>All loads that have begun; the last one may last longer than the scenario.</summary>
    public IReadOnlyList<LoadSpan> Loads => _loads;

    /// <summary>Whether a load waits for its victim or is going on.</summary>
    public bool IsLoading => _loading is not null;

    public int WaitedInside => _gone.WaitedInside + _loaded.Sum(runner => runner.WaitedInside);

    /// <summary>Slot seconds.</summary>
    public double BusySeconds
    {
        get
        {
            _loaded.ForEach(runner => runner.Count());
            return _gone.BusySeconds + _loaded.Sum(runner => runner.BusySeconds);
        }
    }

    public void Submit(OllamaCall call)
    {
        if (!IsUp)
        {
            call.Stage = OllamaStage.Over;
            events.In(TimeSpan.Zero, () => call.Ended?.Invoke(false));
            return;
        }

        if (Find(call.Model) is { } runner)
        {
            Enter(runner, call);
        }
        else
        {
            _pending.Enqueue(call);
        }

        Settle();
    }

    /// <summary>The client hangs up. A load that evicts takes place all the same.</summary>
    public void Leave(OllamaCall call)
    {
        if (call.Stage is OllamaStage.Pending)
        {
            call.Stage = OllamaStage.Over;
        }
        else
        {
            Find(call.Model)?.Leave(call);
        }

        Settle();
    }

    /// <summary>The model goes as soon as it is idle.</summary>
    public void Unload(string model)
    {
        if (Find(model) is { } runner)
        {
            runner.IsDismissed = true;
        }

        Settle();
    }

    public void Die()
    {
        var calls = _loaded.SelectMany(runner => runner.Calls).Concat(_pending).ToList();
        if (_loading is { } loading)
        {
            calls.Add(loading.Call);
        }

        IsUp = false;
        _loading = null;
        _pending.Clear();
        _loaded.ToList().ForEach(Remove);
        foreach (var call in calls.Where(call => call.Stage is not OllamaStage.Over))
        {
            call.Stage = OllamaStage.Over;
            call.Ended?.Invoke(false);
        }
    }

    public void Revive() => IsUp = true;

    private OllamaRunner? Find(string model) => _loaded.Find(runner => runner.Model == model);

    private void Enter(OllamaRunner runner, OllamaCall call)
    {
        if (call.Work is not null)
        {
            runner.Enter(call);
        }
        else
        {
            call.Stage = OllamaStage.Over;
            events.In(TimeSpan.Zero, () => call.Ended?.Invoke(true));
        }
    }

    private void Settle()
    {
        do
        {
            _loaded.Where(runner => runner is { IsDismissed: true, IsIdle: true }).ToList().ForEach(Remove);
        }
        while (BeginNext());
    }

    private void Remove(OllamaRunner runner)
    {
        runner.Count();
        _gone = (_gone.WaitedInside + runner.WaitedInside, _gone.BusySeconds + runner.BusySeconds);
        _loaded.Remove(runner);
    }

    /// <returns>True when something has changed.</returns>
    private bool BeginNext()
    {
        if (_loading is null)
        {
            return _pending.TryDequeue(out var call) && Take(call);
        }

        if (_loading.HasBegun || (_loading.Victim is { } victim && _loaded.Contains(victim)))
        {
            return false;
        }

        Begin(_loading);
        return true;
    }

    private bool Take(OllamaCall call)
    {
        if (call.Stage is OllamaStage.Over)
        {
            return true;
        }

        if (Find(call.Model) is { } runner)
        {
            Enter(runner, call);
            return true;
        }

        _loading = new Loading(call) { Victim = _loaded.Count < settings.MaxLoaded ? null : PickVictim() };
        if (_loading.Victim is { } victim)
        {
            victim.IsDismissed = true;
        }

        return true;
    }

    /// <summary>An idle one if there is one. Nobody else can know which.</summary>
    private OllamaRunner PickVictim()
    {
        var idle = _loaded.FindAll(runner => runner.IsIdle);
        var candidates = idle.Count > 0 ? idle : _loaded;
        return candidates[draws.Below(candidates.Count)];
    }

    private void Begin(Loading loading)
    {
        loading.HasBegun = true;
        _loads.Add(new LoadSpan(settings.Name, loading.Call.Model, events.Now, events.Now + settings.LoadTime));
        events.In(settings.LoadTime, () =>
        {
            if (_loading == loading)
            {
                EndLoad(loading.Call);
            }
        });
    }

    /// <summary>Those behind it that want the same model get in with it, in any order.</summary>
    private void EndLoad(OllamaCall first)
    {
        var runner = new OllamaRunner(events, first.Model, settings.Slots, _ => Settle());
        _loaded.Add(runner);
        _loading = null;
        List<OllamaCall> calls = [first];
        while (_pending.TryPeek(out var next) && (next.Stage is OllamaStage.Over || next.Model == first.Model))
        {
            calls.Add(_pending.Dequeue());
        }

        draws.Shuffle(calls);
        calls.FindAll(call => call.Stage is not OllamaStage.Over).ForEach(call => Enter(runner, call));
        Settle();
    }

    private sealed class Loading(OllamaCall call)
    {
        public OllamaCall Call => call;

        public OllamaRunner? Victim { get; init; }

        public bool HasBegun { get; set; }
    }
}
