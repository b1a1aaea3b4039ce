namespace LlamaGate.Application.Models;

/// <summary>Additional names for models (MODEL_ALIASES), so that hard-coded names work.</summary>
public sealed class ModelAliases
{
    private readonly Dictionary<string, string> _targets;

    /// <param name="pairs">Alias and target; a target may be an alias itself.</param>
    /// <exception cref="ArgumentException">The pairs are circular, or define an alias twice.</exception>
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

    /// <summary>The model that a name refers to; the name itself when it is not an alias.</summary>
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
