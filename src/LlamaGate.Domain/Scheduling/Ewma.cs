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
