using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;

namespace LlamaGate.PerformanceTests.Measuring;

/// <summary>
/// Samples what is allocated, by type: the runtime's randomised sampling, which takes a byte in about 100 KB and then its object.
/// </summary>
internal sealed class AllocatedTypes : EventListener
{
    private const EventKeywords AllocationSampling = (EventKeywords)0x80000000000;
    private const double BytesBetweenSamples = 102_400;

    private readonly ConcurrentDictionary<string, double> _bytes = new(StringComparer.Ordinal);
    private EventSource? _runtime;

    /// <summary>Bytes by type, most first.</summary>
    public IEnumerable<(string Type, double Bytes)> Found =>
        _bytes.Select(pair => (pair.Key, pair.Value)).OrderByDescending(found => found.Value);

    public void Begin() => EnableEvents(_runtime!, EventLevel.Informational, AllocationSampling);

    public void End() => DisableEvents(_runtime!);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
        {
            _runtime = eventSource;
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData is { EventName: "AllocationSampled", PayloadNames: { } names, Payload: { } values })
        {
            var type = (string)values[names.IndexOf("TypeName")]!;
            var size = Convert.ToDouble(values[names.IndexOf("ObjectSize")], CultureInfo.InvariantCulture);
            // A large object is hit more surely than a small one, and so stands for fewer of its kind.
            var probability = 1 - Math.Pow(1 - (1 / BytesBetweenSamples), size);
            _bytes.AddOrUpdate(type, size / probability, (_, sum) => sum + (size / probability));
        }
    }
}
