namespace LlamaGate.Domain.Scheduling;

/// <summary>What the parts of the scheduler share.</summary>
internal sealed class SchedulerState
{
    private readonly Dictionary<string, ModelState> _models = new(StringComparer.Ordinal);
    private List<Decision> _decisions = [];
    private long _ids;

    public SchedulerState(SchedulerOptions options)
    {
        Options = options;
        Order = new FairOrder(options);
        Waiting = new WaitingCalls(Order);
        Eta = new EtaPlanner(this);
    }

    public SchedulerOptions Options { get; }

    public FairOrder Order { get; }

    public Principals Principals { get; } = new();

    public WaitingCalls Waiting { get; }

    public EtaPlanner Eta { get; }

    public List<SchedulerHost> Hosts { get; } = [];

    /// <summary>Groups with a leader that computes their common prompt.</summary>
    public List<PrefixGroup> Leading { get; } = [];

    /// <summary>Slots are kept for calls that have left, on these runners.</summary>
    public List<Runner> Lingering { get; } = [];

    /// <summary>See <see cref="Scheduler.IsRecovering"/>.</summary>
    public bool IsRecovering { get; set; }

    public IReadOnlyCollection<ModelState> Models => _models.Values;

    public TimeSpan Now => Order.Now;

    public long NextId() => ++_ids;

    public void Decide(Decision decision) => _decisions.Add(decision);

    public IReadOnlyList<Decision> TakeDecisions()
    {
        if (_decisions.Count == 0)
        {
            return [];
        }

        var taken = _decisions;
        _decisions = [];
        return taken;
    }

    public ModelState Model(string key)
    {
        if (!_models.TryGetValue(key, out var model))
        {
            _models[key] = model = new ModelState(key);
        }

        return model;
    }

    /// <summary>Models that no host has any more are forgotten.</summary>
    public void ForgetModels()
    {
        foreach (var model in _models.Values
            .Where(model => model.IsUnused && !Hosts.Exists(host => host.MayHave(model.Key) || host.Load?.Model == model)).ToArray())
        {
            _models.Remove(model.Key);
        }
    }

    /// <summary>The host that loads a model which nobody can use before; null when there is none.</summary>
    public SchedulerHost? FindLoading(ModelState model) =>
        model.Runners.Exists(runner => runner.IsOpen) ? null : Hosts.Find(host => host.Load?.Model == model);

    public SchedulerHost? FindHost(string name) => Hosts.Find(host => host.Name == name);
}
