namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>What the scheduler has done since its start, or since the counts were cleared.</summary>
internal sealed class SchedulerCounts
{
    private readonly List<RunnerLoad> _loads = [];
    private readonly Dictionary<string, RunnerPeak> _highest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CallerUse> _callers = new(StringComparer.Ordinal);
    private TimeSpan _elapsed;
    private TimeSpan _waiting;
    private TimeSpan _waitingInside;
    private TimeSpan _freeWhileWaiting;

    public IReadOnlyList<RunnerLoad> Loads => _loads;

    public SlotGaps Gaps { get; } = new();

    /// <summary>Sum over all slots of the time in which they had a call.</summary>
    public TimeSpan BusySlotTime { get; private set; }

    /// <summary>Time in which a load was going on.</summary>
    public TimeSpan LoadingTime { get; private set; }

    /// <summary>Most calls at once by blob.</summary>
    public IReadOnlyDictionary<string, RunnerPeak> Highest => _highest;

    /// <summary>By the caller's name, empty for those without one.</summary>
    public IReadOnlyDictionary<string, CallerUse> Callers => _callers;

    public SlotUse Slots => new(
        _elapsed, BusySlotTime, _waiting, _waitingInside, _freeWhileWaiting, Gaps.Count, Gaps.Quantile(0.5), Gaps.Quantile(0.95));

    /// <param name="waits">A call waits for a load.</param>
    public void Pass(TimeSpan time, IReadOnlyList<Runner> runners, bool loads, bool waits)
    {
        var waitsInside = false;
        var free = 0;
        foreach (var runner in runners)
        {
            var engine = runner.Engine;
            BusySlotTime += engine.Running * time;
            waitsInside |= engine.Waiting > 0;
            free += engine.Slots - engine.Running;
            var known = _highest.GetValueOrDefault(runner.Model.Blob) ?? new RunnerPeak(0, 0);
            _highest[runner.Model.Blob] = new RunnerPeak(
                Math.Max(known.Running, engine.Running), Math.Max(known.Inside, engine.Running + engine.Waiting));
            foreach (var call in engine.InSlots)
            {
                Charge(call, use => use with { SlotTime = use.SlotTime + time });
            }
        }

        _elapsed += time;
        LoadingTime += loads ? time : TimeSpan.Zero;
        _waitingInside += waitsInside ? time : TimeSpan.Zero;
        if (waits || waitsInside)
        {
            _waiting += time;
            _freeWhileWaiting += free * time;
        }
    }

    public void Add(Loading loading, int slots, TimeSpan now)
    {
        var work = loading.Call.Work;
        var victim = loading.Victim;
        var reason = victim is null ? LoadReason.First
            : victim.Model.Blob != work.Model.Blob ? LoadReason.Switch
            : victim.IsDead ? LoadReason.Died
            : LoadReason.Options;
        _loads.Add(new RunnerLoad(
            work.Model.Name, work.Model.Blob, reason, work.Needs.ContextLength, slots, work.Needs.Shifts, now)
        {
            Evicted = victim?.Model.Name,
        });
    }

    public void AbandonLast()
    {
        if (_loads.Count > 0)
        {
            _loads[^1] = _loads[^1] with { IsAbandoned = true };
        }
    }

    /// <summary>The call is answered, or its client has left.</summary>
    public void End(RunnerCall call)
    {
        if (!call.Work.OnlyLoads)
        {
            var work = call is { PromptStarted: { } started, LastToken: { } last } ? last - started : TimeSpan.Zero;
            var answered = call.Produced > 0 && call.Produced >= call.Work.Tokens ? 1 : 0;
            Charge(call, use => use with { Ended = use.Ended + 1, Answered = use.Answered + answered, Work = use.Work + work });
        }
    }

    /// <summary>From now on is counted anew. What is loaded stays loaded.</summary>
    public void Clear()
    {
        _loads.Clear();
        _highest.Clear();
        _callers.Clear();
        Gaps.Clear();
        (_elapsed, _waiting, _waitingInside, _freeWhileWaiting) = (default, default, default, default);
        (BusySlotTime, LoadingTime) = (default, default);
    }

    private void Charge(RunnerCall call, Func<CallerUse, CallerUse> add) =>
        _callers[call.Caller] = add(_callers.GetValueOrDefault(call.Caller) ?? CallerUse.None);
}
