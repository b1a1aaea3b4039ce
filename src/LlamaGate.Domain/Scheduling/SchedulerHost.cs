namespace LlamaGate.Domain.Scheduling;

/// <summary>What the scheduler knows about a host.</summary>
internal sealed class SchedulerHost(string name)
{
    /// <summary>Assumed speed of the first load of a model, in bytes per second; and what each load takes besides.</summary>
    private const double FirstLoadRate = 1e9;
    private const double LoadOverhead = 1;

    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastBackOff = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, Ewma> _loadSeconds = [];
    private readonly Dictionary<string, TimeSpan> _unloadedAt = [];
    private readonly Dictionary<string, (TimeSpan Until, TimeSpan Length, object? Cause)> _backOff = [];

    public string Name => name;

    public HostLimits Limits { get; set; } = HostLimits.None;

    public bool IsUp { get; set; }

    public bool IsDraining { get; set; }

    /// <summary>All its streams have been silent for long although it answers probes.</summary>
    public bool IsSilent { get; set; }

    public IReadOnlyDictionary<string, HostedModel>? Models { get; set; }

    public Dictionary<string, Runner> Runners { get; } = [];

    /// <summary>Calls of all models that run on it, remote ones included.</summary>
    public int Running { get; set; }

    /// <summary>The load that is prepared or runs; null = none.</summary>
    public PendingLoad? Load { get; set; }

    /// <summary>The unload that an operator wants; null = none. Never together with a load.</summary>
    public PendingUnload? Unload { get; set; }

    /// <summary>Whether something is loaded or unloaded there, so that nothing else may be.</summary>
    public bool IsChanging => Load is not null || Unload is not null;

    public FitKnowledge Fit { get; } = new();

    public bool IsLive => IsUp && !IsDraining;

    public bool HasRoom => IsLive && !IsSilent && Running < (Limits.MaxRunning ?? int.MaxValue);

    /// <summary>Whether it has the model, or may have it because its list is not known yet.</summary>
    public bool MayHave(string model) => Models is null || Models.ContainsKey(model);

    /// <summary>Whether the end of a call here may make room that another one needs: no slot of a runner is free, or it is being emptied.</summary>
    public bool IsTight => IsChanging || Runners.Values.Any(
        runner => !runner.IsIdle && !(runner.IsOpen && HasRoom && runner.Busy < runner.Slots.Known));

    public void NoteUnload(string model, TimeSpan now) => _unloadedAt[model] = now;

    /// <summary>Whether the model was unloaded after the time, so that a list of loaded models from then may still have it.</summary>
    public bool WasUnloadedSince(string model, TimeSpan time) => _unloadedAt.TryGetValue(model, out var at) && at >= time;

    public bool IsPinned(string model) => Limits.Pinned.Contains(model, StringComparer.Ordinal);

    /// <summary>Seconds of a load, as learned or by the size of the model's file.</summary>
    public double LoadSeconds(string model) =>
        LearnedLoadSeconds(model)
        ?? (((Models?.GetValueOrDefault(model)?.Size ?? 0) / FirstLoadRate) + LoadOverhead);

    public void LearnLoad(string model, double seconds)
    {
        var known = _loadSeconds.GetValueOrDefault(model);
        known.Add(seconds);
        _loadSeconds[model] = known;
        _backOff.Remove(model);
    }

    /// <summary>Seconds of a load as learned; null = not known.</summary>
    public double? LearnedLoadSeconds(string model) => _loadSeconds.GetValueOrDefault(model).Value;

    public void RestoreLoad(string model, double? seconds)
    {
        var known = _loadSeconds.GetValueOrDefault(model);
        known.Restore(seconds);
        _loadSeconds[model] = known;
    }

    /// <summary>No load of the model here for a while: 5 s at first, up to 5 minutes.</summary>
    /// <param name="cause">What the runtime reported about the failure.</param>
    public void BackOff(string model, TimeSpan now, object? cause)
    {
        var length = _backOff.TryGetValue(model, out var last) ? last.Length * 2 : FirstBackOff;
        length = length < LastBackOff ? length : LastBackOff;
        _backOff[model] = (now + length, length, cause);
    }

    /// <summary>Why the model may not be loaded here now, and until when; null when it may.</summary>
    public (TimeSpan Until, object? Cause)? FindFailure(string model, TimeSpan now) =>
        _backOff.TryGetValue(model, out var last) && last.Until > now ? (last.Until, last.Cause) : null;

    /// <summary>What was learned about models that the host does not have any more is forgotten.</summary>
    public void Forget()
    {
        foreach (var gone in _loadSeconds.Keys.Concat(_backOff.Keys).Concat(_unloadedAt.Keys).Where(model => !MayHave(model)).ToArray())
        {
            _loadSeconds.Remove(gone);
            _backOff.Remove(gone);
            _unloadedAt.Remove(gone);
        }
    }
}
