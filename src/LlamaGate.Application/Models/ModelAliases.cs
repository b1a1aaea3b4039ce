namespace LlamaGate.Application.Models;

/// <summary>Names under which a model can be asked for besides its own (MODEL_ALIASES), so that hard-wired names work.</summary>
public sealed class ModelAliases
{
    private readonly Dictionary<string, string> _targets;

    /// <param name="pairs">Alias and target; a target may be an alias itself.</param>
    /// <exception cref="ArgumentException">The pairs lead in a circle, or name an alias twice.</exception>
    public ModelAliases(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        _targets = new Dictionary<string, string>(pairs, StringComparer.OrdinalIgnoreCase);
        foreach (var alias in _targets.Keys)
        {
            ThrowIfCircular(alias);
        }
    }

    public static ModelAliases None { get; } = new([]);

    public IReadOnlyCollection<string> Names => _targets.Keys;

    public IReadOnlyDictionary<string, string> Pairs => _targets;

    /// <summary>The model that is meant by a name; the name itself when it is no alias.</summary>
    public string Resolve(string name)
    {
        while (_targets.TryGetValue(name, out var target))
        {
            name = target;
        }

        return name;
    }

    private void ThrowIfCircular(string alias)
    {
        var name = alias;
        for (var steps = 0; _targets.TryGetValue(name, out var target); steps++)
        {
            name = steps < _targets.Count ? target : throw new ArgumentException($"The alias {alias} leads in a circle.", nameof(alias));
        }
    }
}
