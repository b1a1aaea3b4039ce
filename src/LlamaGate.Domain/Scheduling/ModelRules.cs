using System.Collections.Concurrent;
using LlamaGate.Domain.Models;

namespace LlamaGate.Domain.Scheduling;

/// <summary>The operator's rules for models, by patterns of their names. Immutable and thread-safe.</summary>
/// <param name="first">The first pattern that matches a model counts.</param>
/// <param name="second">For what the rule among <paramref name="first"/> does not say; again the first pattern that matches.</param>
public sealed class ModelRules(
    IReadOnlyList<KeyValuePair<string, ModelRule>> first, IReadOnlyList<KeyValuePair<string, ModelRule>> second)
{
    /// <summary>Names come from callers, so their number must have a limit.</summary>
    private const int MaxKnown = 1024;

    private readonly ConcurrentDictionary<string, ModelRule> _known = new(StringComparer.Ordinal);
    private int _count;

    public static ModelRules None { get; } = new([], []);

    /// <param name="model">The model's own name, not an alias.</param>
    /// <returns>Always the same object for a name, as long as it is remembered.</returns>
    public ModelRule Find(string model)
    {
        if (first.Count + second.Count == 0)
        {
            return ModelRule.None;
        }

        if (_known.TryGetValue(model, out var known))
        {
            return known;
        }

        var rule = FirstOf(first, model).Over(FirstOf(second, model));
        if (Volatile.Read(ref _count) < MaxKnown && _known.TryAdd(model, rule))
        {
            Interlocked.Increment(ref _count);
        }

        return rule;
    }

    private static ModelRule FirstOf(IReadOnlyList<KeyValuePair<string, ModelRule>> rules, string model)
    {
        foreach (var (pattern, rule) in rules)
        {
            if (ModelPattern.Matches(pattern, model))
            {
                return rule;
            }
        }

        return ModelRule.None;
    }
}
