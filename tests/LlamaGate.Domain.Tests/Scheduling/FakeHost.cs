using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Tests.Scheduling;

/// <summary>A host that has room for a number of models and lets the oldest idle one go, as Ollama does when nobody says which.</summary>
internal sealed class FakeHost(string name, int room = 1)
{
    public string Name => name;

    public HostLimits Limits { get; set; } = HostLimits.None;

    public bool IsUp { get; set; } = true;

    public bool IsDraining { get; set; }

    public Dictionary<string, HostedModel> Models { get; } = new(StringComparer.Ordinal)
    {
        ["a"] = new HostedModel("a", 1_000_000_000),
        ["b"] = new HostedModel("b", 1_000_000_000),
        ["c"] = new HostedModel("c", 1_000_000_000),
    };

    /// <summary>The contexts of the models that are loaded, in the order of their loads.</summary>
    public Dictionary<string, int> Loaded { get; } = new(StringComparer.Ordinal);

    public void Load(StartLoad load, Scheduler scheduler)
    {
        Loaded.Remove(load.Model);
        while (Loaded.Count >= room)
        {
            var busy = scheduler.Calls.Where(call => call.Host == name).Select(call => call.Spec.Model).ToHashSet(StringComparer.Ordinal);
            Loaded.Remove(Loaded.Keys.FirstOrDefault(model => !busy.Contains(model)) ?? Loaded.Keys.First());
        }

        Loaded[load.Model] = load.Context ?? 4096;
    }

    public IReadOnlyList<ReportedRunner> ToRunners() =>
        [.. Loaded.Select(loaded => new ReportedRunner(loaded.Key) { Context = loaded.Value, Size = 1_000_000_000 })];

    public HostReport ToReport(TimeSpan now) => new(name)
    {
        IsUp = IsUp,
        IsDraining = IsDraining,
        Limits = Limits,
        Models = Models,
        Runners = IsUp ? ToRunners() : null,
        RequestedAt = now,
    };
}
