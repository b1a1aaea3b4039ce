using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Conversations;

/// <summary>The memory that all answers together may use while they are buffered for the cache.</summary>
internal sealed class GatheringBudget(IResponseCache cache)
{
    /// <summary>Memory is reserved in steps of this many bytes, so that most tokens need no change of the shared counter.</summary>
    private const long Step = 4096;

    private long _taken;

    /// <summary>Bytes reserved at the moment.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Maximum bytes of one answer, so that a few long ones do not keep all others from being buffered.</summary>
    private long MaxBytesOfOne => cache.GatheringBytes / 2;

    /// <summary>Raises an answer's reservation to at least <paramref name="needed"/> bytes; false when there is no room.</summary>
    public bool TryTake(ref long held, long needed)
    {
        if (needed <= held)
        {
            return true;
        }

        var more = Math.Max(needed - held, Step);
        if (needed > MaxBytesOfOne)
        {
            return false;
        }

        if (Interlocked.Add(ref _taken, more) > cache.GatheringBytes)
        {
            Interlocked.Add(ref _taken, -more);
            return false;
        }

        held += more;
        return true;
    }

    public void Return(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
