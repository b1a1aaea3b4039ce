namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>What the scheduler has done since its start.</summary>
internal sealed class SchedulerCounts
{
    private readonly List<RunnerLoad> _loads = [];
    private readonly Dictionary<string, (int Running, int Inside)> _highest = new(StringComparer.Ordinal);

    public IReadOnlyList<RunnerLoad> Loads => _loads;

    /// <summary>Sum over all slots of the time in which they had a call.</summary>
    public TimeSpan BusySlotTime { get; private set; }

    /// <summary>Time in which a load was going on.</summary>
    public TimeSpan LoadingTime { get; private set; }

    /// <summary>Most calls at once by blob: in slots, and in the runner with those that wait inside.</summary>
    public IReadOnlyDictionary<string, (int Running, int Inside)> Highest => _highest;

    public void Pass(TimeSpan time, IReadOnlyList<Runner> runners, bool loads)
    {
        foreach (var runner in runners)
        {
            BusySlotTime += runner.Engine.Running * time;
            var known = _highest.GetValueOrDefault(runner.Model.Blob);
            _highest[runner.Model.Blob] = (
                Math.Max(known.Running, runner.Engine.Running),
                Math.Max(known.Inside, runner.Engine.Running + runner.Engine.Waiting));
        }

        LoadingTime += loads ? time : TimeSpan.Zero;
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

    public void AbandonLast() => _loads[^1] = _loads[^1] with { IsAbandoned = true };
}
