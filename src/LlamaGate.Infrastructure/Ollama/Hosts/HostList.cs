using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>The configured hosts, in the order of the configuration. Replaced as a whole when HOSTS_FILE changes.</summary>
public sealed class HostList
{
    private volatile IReadOnlyList<OllamaHostOptions> _current;
    private volatile ModelRules _rules = ModelRules.None;

    /// <param name="hosts">At least one, with unique names.</param>
    /// <param name="isShared">See <see cref="IsShared"/>.</param>
    public HostList(IReadOnlyList<OllamaHostOptions> hosts, bool isShared)
    {
        _current = hosts;
        IsShared = isShared;
    }

    /// <summary>
    /// Whether the gateway manages the hosts for a team: several hosts, HOSTS_FILE or SLOTS are set. If not, it behaves towards its one host as if it
    /// were not there: no probes, and callers' load options are passed on. Does not change while the gateway runs.
    /// </summary>
    public bool IsShared { get; }

    public IReadOnlyList<OllamaHostOptions> Current => _current;

    /// <summary>What the operator says about models. Replaced as a whole when HOSTS_FILE or MODEL_OPTIONS changes.</summary>
    public ModelRules Rules
    {
        get => _rules;
        set => _rules = value;
    }

    /// <summary>Raised after each change of the hosts.</summary>
    public event EventHandler? Replaced;

    /// <summary>The rule for a model that is in force now. Cheap.</summary>
    /// <param name="model">The model's own name, not an alias.</param>
    public ModelRule FindRule(string model) => _rules.Find(model);

    /// <param name="hosts">At least one, with unique names.</param>
    public void Replace(IReadOnlyList<OllamaHostOptions> hosts)
    {
        _current = hosts;
        Replaced?.Invoke(this, EventArgs.Empty);
    }
}
