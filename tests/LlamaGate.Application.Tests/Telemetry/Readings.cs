using System.Diagnostics.Metrics;
using System.Globalization;
using LlamaGate.Application.Telemetry;

namespace LlamaGate.Application.Tests.Telemetry;

/// <summary>What was measured with one scope, as text: <c>name=value{label=value,…}</c>.</summary>
internal sealed class Readings : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<string> _all = [];

    public Readings()
    {
        Scope = new TelemetryScope($"test-{Guid.NewGuid()}");
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == Scope.Meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public TelemetryScope Scope { get; }

    public IReadOnlyList<string> All => _all;

    public IEnumerable<string> Of(string name) => _all.Where(text => text.StartsWith(name + "=", StringComparison.Ordinal));

    /// <summary>Reads the instruments that are only read when somebody asks.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    public void Dispose()
    {
        _listener.Dispose();
        Scope.Dispose();
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}");
        _all.Add(string.Create(CultureInfo.InvariantCulture, $"{instrument.Name}={value}{{{string.Join(',', labels)}}}"));
    }
}
