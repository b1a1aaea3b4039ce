using LlamaGate.Domain.Models;

namespace LlamaGate.Application.Models;

/// <summary>Additional names for models (MODEL_ALIASES), so that hard-coded names work.</summary>
public sealed class ModelAliases
{
    private readonly Dictionary<string, string> _targets;

    /// <summary>By the names without <c>:latest</c>.</summary>
    private readonly Dictionary<string, string> _short = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="pairs">Alias and target; a target may be an alias itself.</param>
    /// <exception cref="ArgumentException">The pairs are circular, or define an alias twice.</exception>
    public ModelAliases(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        _targets = new Dictionary<string, string>(pairs, StringComparer.OrdinalIgnoreCase);
        foreach (var (alias, target) in _targets)
        {
            _short.TryAdd(ModelName.Short(alias), target);
        }

        foreach (var alias in _targets.Keys)
        {
            ThrowIfCircular(alias);
        }
    }

    public static ModelAliases None { get; } = new([]);

    public IReadOnlyCollection<string> Names => _targets.Keys;

    public IReadOnlyDictionary<string, string> Pairs => _targets;

    /// <summary>The model that a name refers to; the name itself when it is not an alias. As with models, <c>:latest</c> may be left out.</summary>
    public string Resolve(string name)
    {
        while (Find(name) is { } target)
        {
            name = target;
        }

        return name;
    }

    private void ThrowIfCircular(string alias)
    {
        var name = _targets[alias].Equals(alias, StringComparison.OrdinalIgnoreCase) ? null : alias;
        for (var steps = 0; name is not null && steps <= _targets.Count; steps++)
        {
            if (Find(name) is not { } target)
            {
                return;
            }

            name = target;
        }

        throw new ArgumentException($"The alias {alias} leads in a circle.", nameof(alias));
    }

    /// <summary>What the name is an alias for; null when it is none, or for itself: <c>m=m:latest</c> says nothing new.</summary>
    private string? Find(string name) =>
        (_targets.TryGetValue(name, out var target) || _short.TryGetValue(ModelName.Short(name), out target)) && !ModelName.AreSame(target, name)
            ? target
            : null;
}
