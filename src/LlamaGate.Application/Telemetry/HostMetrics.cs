using System.Diagnostics;
using System.Diagnostics.Metrics;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Telemetry;

/// <summary>What happens on shared hosts besides the calls.</summary>
internal sealed class HostMetrics : IHostEvents
{
    private readonly TelemetryLabels _labels;
    private readonly Counter<long> _loads;
    private readonly Counter<double> _loadTime;
    private readonly Counter<long> _failovers;
    private readonly Histogram<double> _etaError;

    public HostMetrics(TelemetryScope scope, TelemetryLabels labels)
    {
        _labels = labels;
        var meter = scope.Meter;
        _loads = meter.CreateCounter<long>(TelemetryNames.ModelLoads, "{load}", "Loads of models.");
        _loadTime = meter.CreateCounter<double>(TelemetryNames.ModelLoadTime, "s", "Time that hosts spent loading models.");
        _failovers = meter.CreateCounter<long>(
            TelemetryNames.Failovers, "{call}", "Calls that failed on a host before their first byte and were sent to another.");
        _etaError = meter.CreateHistogram(
            TelemetryNames.EtaError, "s", "Difference between the estimated wait at a call's arrival and the actual wait.", tags: null, Buckets.Waits);
    }

    public void OnLoaded(string host, string model, string reason, TimeSpan duration)
    {
        var tags = new TagList
        {
            { TelemetryNames.Host, host },
            { TelemetryNames.RequestModel, _labels.KnownModel(model) },
            { TelemetryNames.Reason, reason },
        };
        _loads.Add(1, tags);
        _loadTime.Add(duration.TotalSeconds, tags);
    }

    public void OnFailedOver(string host) => _failovers.Add(1, new KeyValuePair<string, object?>(TelemetryNames.Host, host));

    public void OnWaited(TimeSpan expected, TimeSpan waited) => _etaError.Record((waited - expected).Duration().TotalSeconds);
}
