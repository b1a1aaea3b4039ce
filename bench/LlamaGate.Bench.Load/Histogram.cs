using System.Numerics;

namespace LlamaGate.Bench.Load;

/// <summary>
/// Counts of nanoseconds in buckets that grow with the value: 128 to each doubling, so that no quantile is off by more
/// than 0.8 %. Not thread-safe.
/// </summary>
public sealed class Histogram
{
    private const int Bits = 7;
    private const int Steps = 1 << Bits;
    private readonly long[] _counts = new long[(64 - Bits) * Steps];

    public long Count { get; private set; }

    public long Max { get; private set; }

    public void Record(long nanoseconds)
    {
        var value = Math.Max(0, nanoseconds);
        _counts[IndexOf(value)]++;
        Count++;
        Max = Math.Max(Max, value);
    }

    public void Add(Histogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
        Max = Math.Max(Max, other.Max);
    }

    /// <summary>The value below or at which this share of all lies; NaN when there is none.</summary>
    /// <param name="share">0 to 1.</param>
    public double Quantile(double share)
    {
        if (Count == 0)
        {
            return double.NaN;
        }

        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var seen = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return Math.Min(MiddleOf(i), Max);
            }
        }

        return Max;
    }

    /// <summary>A quantile in microseconds.</summary>
    public double Microseconds(double share) => Quantile(share) / 1000;

    private static int IndexOf(long value)
    {
        if (value < Steps)
        {
            return (int)value;
        }

        var shift = BitOperations.Log2((ulong)value) - Bits;
        return ((shift + 1) * Steps) + (int)((value >> shift) - Steps);
    }

    private static double MiddleOf(int index)
    {
        if (index < Steps)
        {
            return index;
        }

        var shift = (index / Steps) - 1;
        var low = (long)(Steps + (index % Steps)) << shift;
        return low + (((1L << shift) - 1) / 2.0);
    }
}
