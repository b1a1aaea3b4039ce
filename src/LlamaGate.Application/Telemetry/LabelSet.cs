using System.Collections.Concurrent;

namespace LlamaGate.Application.Telemetry;

/// <summary>The values that a label may have: the first ones that come, up to a limit. All others are one. Thread-safe.</summary>
internal sealed class LabelSet
{
    public const int Limit = 200;

    private readonly ConcurrentDictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>The value for the label. A new one is taken in while there is room.</summary>
    public string Take(string value)
    {
        if (_values.TryGetValue(value, out var known))
        {
            return known;
        }

        lock (_gate)
        {
            return _values.Count < Limit ? _values.GetOrAdd(value, value) : Find(value);
        }
    }

    /// <summary>The value for the label if it was taken in before.</summary>
    public string Find(string value) => _values.GetValueOrDefault(value, TelemetryNames.Other);
}
