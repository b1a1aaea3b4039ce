namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>The gateway's own generations that run on a host, and which models they have used lately. Thread-safe.</summary>
internal sealed class HostLoad
{
    /// <summary>Maximum names remembered between two probes: callers choose the names.</summary>
    private const int MaxNames = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _running = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _listedAs = new(StringComparer.OrdinalIgnoreCase);
    private HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);
    private HashSet<string> _usedBefore = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Running calls of all models.</summary>
    public int Total
    {
        get
        {
            lock (_gate)
            {
                return field;
            }
        }
        private set;
    }

    /// <param name="model">In one spelling for each model (<see cref="Domain.Models.ModelName.Key"/>).</param>
    public int Of(string model)
    {
        lock (_gate)
        {
            return _running.GetValueOrDefault(model);
        }
    }

    /// <summary>The gateway uses the model for itself.</summary>
    public void Note(string model)
    {
        lock (_gate)
        {
            Use(model);
        }
    }

    /// <summary>The host lists what the model uses under another name.</summary>
    public void NoteListedAs(string model, string other)
    {
        lock (_gate)
        {
            _listedAs[model] = other;
        }
    }

    public void Begin(string model)
    {
        lock (_gate)
        {
            Total++;
            _running[model] = _running.GetValueOrDefault(model) + 1;
            Use(model);
        }
    }

    public void End(string model)
    {
        lock (_gate)
        {
            Total--;
            Use(model);
            if (--_running[model] == 0)
            {
                _running.Remove(model);
            }
        }
    }

    /// <summary>
    /// The models that were used since the time before the last call of this method. Two periods, because what a call changes on the host
    /// may be seen a little later.
    /// </summary>
    /// <returns>Null when they were too many to remember.</returns>
    public IReadOnlySet<string>? TakeUsed()
    {
        lock (_gate)
        {
            var all = new HashSet<string>(_running.Keys.Concat(_used).Concat(_usedBefore), StringComparer.OrdinalIgnoreCase);
            all.UnionWith(_listedAs.Where(other => all.Contains(other.Key)).Select(other => other.Value).ToArray());
            (_usedBefore, _used) = (_used, new HashSet<string>(StringComparer.OrdinalIgnoreCase));
            return all.Count < MaxNames ? all : null;
        }
    }

    private void Use(string model)
    {
        if (_used.Count < MaxNames)
        {
            _used.Add(model);
        }
    }
}
