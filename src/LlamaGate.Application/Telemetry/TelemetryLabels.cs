using System.Collections.Concurrent;
using LlamaGate.Domain.Models;

namespace LlamaGate.Application.Telemetry;

/// <summary>The labels whose values come from outside, bounded.</summary>
public sealed class TelemetryLabels
{
    /// <summary>Spellings that are remembered. A further one is read each time.</summary>
    private const int MaxSpellings = 2 * LabelSet.Limit;

    private readonly LabelSet _models = new();

    /// <summary>Labels of known models by the names that were used for them: to read a name costs as much as to record a measurement.</summary>
    private readonly ConcurrentDictionary<string, string> _spellings = new(StringComparer.Ordinal);
    private readonly LabelSet _keys = new();

    /// <summary>The label for a model that a host is known to have.</summary>
    /// <param name="name">The model's own name, in any spelling.</param>
    public string KnownModel(string name)
    {
        if (_spellings.TryGetValue(name, out var known))
        {
            return known;
        }

        var label = _models.Take(ModelSpellings.Key(name));
        if (_spellings.Count < MaxSpellings)
        {
            _spellings.TryAdd(name, label);
        }

        return label;
    }

    /// <summary>The label for a model whose name a caller has sent: a name that nothing has answered to is <c>other</c>.</summary>
    /// <param name="name">The model's own name, in any spelling; null = none was sent.</param>
    public string AskedModel(string? name) => name is null ? TelemetryNames.Other
        : _spellings.TryGetValue(name, out var known) ? known
        : _models.Find(ModelSpellings.Key(name));

    /// <param name="id">The id of a key.</param>
    public string Key(string id) => _keys.Take(id);
}
