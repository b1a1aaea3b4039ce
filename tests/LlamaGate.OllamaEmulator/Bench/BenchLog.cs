using System.Collections.Concurrent;

namespace LlamaGate.OllamaEmulator.Bench;

/// <summary>
/// When requests with an id arrived and were aborted, in ticks of the machine's monotonic clock, which the client of
/// the same machine reads too.
/// </summary>
internal sealed class BenchLog(TimeProvider time)
{
    public ConcurrentDictionary<string, long> Arrived { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, long> Aborted { get; } = new(StringComparer.Ordinal);

    public void MarkArrived(string id) => Arrived[id] = time.GetTimestamp();

    public void MarkAborted(string id) => Aborted.TryAdd(id, time.GetTimestamp());

    public void Clear()
    {
        Arrived.Clear();
        Aborted.Clear();
    }
}
