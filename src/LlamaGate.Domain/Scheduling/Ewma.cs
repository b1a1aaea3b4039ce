using System.Runtime.InteropServices;

namespace LlamaGate.Domain.Scheduling;

/// <summary>An exponentially weighted moving average. The first samples count fully, so that it does not start at a guess.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Ewma
{
    private const double Weight = 0.1;

    private double _value;
    private int _samples;

    /// <summary>Null before the first sample.</summary>
    public readonly double? Value => _samples > 0 ? _value : null;

    /// <summary>Takes over an average, unless there are samples already. The next sample has the weight that it would have had there.</summary>
    public void Restore(double? value)
    {
        if (_samples == 0 && value is { } known && double.IsFinite(known) && known >= 0)
        {
            (_value, _samples) = (known, (int)(1 / Weight));
        }
    }

    public void Add(double sample)
    {
        if (!double.IsFinite(sample) || sample < 0)
        {
            return;
        }

        _samples = Math.Min(_samples + 1, int.MaxValue - 1);
        _value += (sample - _value) * Math.Max(Weight, 1.0 / _samples);
    }
}
