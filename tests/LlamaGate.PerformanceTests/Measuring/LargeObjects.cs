using System.Diagnostics.Tracing;
using System.Globalization;
using LlamaGate.PerformanceTests.Running;

namespace LlamaGate.PerformanceTests.Measuring;

/// <summary>
/// Counts what is allocated on the large-object heap, which is collected only with everything else. The runtime reports each 100 KB of it.
/// </summary>
internal sealed class LargeObjects : EventListener
{
    private const EventKeywords GarbageCollection = (EventKeywords)1;
    private const uint LargeObjectHeap = 1;

    private readonly object _gate = new();
    private EventSource? _runtime;
    private long _bytes;
    private int _marksSeen;
    private int _marksMade;

    public void Begin()
    {
        EnableEvents(_runtime!, EventLevel.Verbose, GarbageCollection); // The runtime's own source is there from the start.
        Settle();
        lock (_gate)
        {
            _bytes = 0;
        }
    }

    /// <returns>Bytes since the beginning.</returns>
    public long End()
    {
        Settle();
        DisableEvents(_runtime!);
        lock (_gate)
        {
            return _bytes;
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
        {
            _runtime = eventSource;
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("GCAllocationTick", StringComparison.Ordinal) is not true
            || (uint)Value(eventData, "AllocationKind") != LargeObjectHeap)
        {
            return;
        }

        lock (_gate)
        {
            // The runtime calls a nested type by its own name alone.
            if ((string)Value(eventData, "TypeName") == nameof(LargeObjectsMark) + "[]")
            {
                _marksSeen++;
                Monitor.PulseAll(_gate);
                return;
            }

            _bytes += Convert.ToInt64(Value(eventData, "AllocationAmount64"), CultureInfo.InvariantCulture);
        }
    }

    private static object Value(EventWrittenEventArgs eventData, string name) =>
        eventData.Payload![eventData.PayloadNames!.IndexOf(name)]!; // The event is documented with these members.

    /// <summary>Events come later, from a thread of the runtime: all are there once that of a large object made now is.</summary>
    private void Settle()
    {
        lock (_gate)
        {
            GC.KeepAlive(new LargeObjectsMark[256 * 1024]);
            _marksMade++;
            while (_marksSeen < _marksMade)
            {
                if (!Monitor.Wait(_gate, Wires.LongestWait))
                {
                    throw new TimeoutException("The runtime reports no large objects.");
                }
            }
        }
    }

    private enum LargeObjectsMark : byte
    {
        None,
    }
}
