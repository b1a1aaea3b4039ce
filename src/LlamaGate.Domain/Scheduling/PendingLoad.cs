namespace LlamaGate.Domain.Scheduling;

/// <summary>A load of a model on a host, from the closing of the victims' gates to its end.</summary>
internal sealed class PendingLoad(long id, SchedulerHost host, ModelState model, LoadPlan plan)
{
    /// <summary>A load that takes this many times its usual time, and a minute, is stuck.</summary>
    private const double StuckFactor = 3;
    private const double StuckSeconds = 60;

    private bool _wasBusy;

    public long Id => id;

    public SchedulerHost Host => host;

    public ModelState Model => model;

    public LoadPlan Plan => plan;

    public LoadReason Reason { get; init; }

    /// <summary>Null = as Ollama chooses.</summary>
    public int? Context { get; init; }

    /// <summary>When its gates were closed.</summary>
    public TimeSpan BegunAt { get; init; }

    /// <summary>Victims that the runtime was instructed to unload.</summary>
    public HashSet<Runner> Unloading { get; } = [];

    /// <summary>When the runtime was instructed to load; null = not yet.</summary>
    public TimeSpan? SentAt { get; set; }

    /// <summary>When the last call of a closed runner ended, so that the load itself could begin.</summary>
    public TimeSpan DrainedAt { get; private set; }

    /// <summary>From then on the load is taken for stuck.</summary>
    public TimeSpan StuckAt { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Whether it was said that it is stuck.</summary>
    public bool IsReported { get; set; }

    /// <summary>The models that were loaded before.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    public bool IsStuck(TimeSpan now) => now >= StuckAt;

    /// <summary>Whether a closed runner is not in the way any more.</summary>
    public bool IsGone(Runner victim) => victim.Model == Model ? victim.IsIdle : !Host.Runners.ContainsValue(victim);

    /// <summary>Seconds that the load itself has taken.</summary>
    public double Seconds(TimeSpan now) =>
        (now - (SentAt is { } sent && sent > DrainedAt ? sent : DrainedAt)).TotalSeconds;

    public void NoteDrain(TimeSpan now)
    {
        var isBusy = Plan.Closed.Any(runner => !runner.IsIdle);
        if (_wasBusy && !isBusy)
        {
            DrainedAt = now;
        }

        _wasBusy = isBusy;
        if (SentAt is { } sent)
        {
            var began = isBusy ? now : sent > DrainedAt ? sent : DrainedAt;
            StuckAt = began + TimeSpan.FromSeconds((StuckFactor * Host.LoadSeconds(Model.Key)) + StuckSeconds);
        }
    }
}

/// <summary>How room is made for a load.</summary>
/// <param name="Closed">The runners whose gates are closed.</param>
/// <param name="Unloads">True: they are unloaded by name once they are drained. False: Ollama chooses which of them goes, if any.</param>
internal sealed record LoadPlan(IReadOnlyList<Runner> Closed, bool Unloads)
{
    public static LoadPlan Nothing { get; } = new([], Unloads: false);
}
