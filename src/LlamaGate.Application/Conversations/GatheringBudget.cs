using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Conversations;

/// <summary>The memory that answers may take while they are gathered for the cache, all together.</summary>
internal sealed class GatheringBudget(IResponseCache cache)
{
    /// <summary>Taken in steps, so that most tokens cost no change of the common count. Bytes.</summary>
    private const long Step = 4096;

    private long _taken;

    /// <summary>Bytes that are taken at the moment.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Maximum bytes of one answer, so that a few long ones do not keep all others from being gathered.</summary>
    private long MaxBytesOfOne => cache.GatheringBytes / 2;

    /// <summary>Raises what an answer holds to <paramref name="needed"/> bytes at least; false when there is no room.</summary>
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
