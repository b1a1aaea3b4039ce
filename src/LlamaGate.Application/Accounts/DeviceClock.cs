namespace LlamaGate.Application.Accounts;

/// <summary>
/// Splits the busy time of a host: at each moment evenly over the calls that run there. The parts of all calls together are the time in which
/// the host was busy. Thread-safe.
/// </summary>
internal sealed class DeviceClock(TimeProvider timeProvider)
{
    private readonly Lock _gate = new();
    private int _running;
    private long _at;

    /// <summary>The part in seconds of a call that has run from the first call on.</summary>
    private double _part;

    /// <summary>A call begins.</summary>
    /// <returns>What <see cref="End"/> needs.</returns>
    public double Begin()
    {
        lock (_gate)
        {
            Advance();
            _running++;
            return _part;
        }
    }

    /// <summary>A call ends.</summary>
    /// <param name="began">What <see cref="Begin"/> returned.</param>
    /// <returns>Its part of the time since then.</returns>
    public TimeSpan End(double began)
    {
        lock (_gate)
        {
            Advance();
            _running--;
            return TimeSpan.FromSeconds(_part - began);
        }
    }

    private void Advance()
    {
        var now = timeProvider.GetTimestamp();
        if (_running > 0)
        {
            _part += timeProvider.GetElapsedTime(_at, now).TotalSeconds / _running;
        }

        _at = now;
    }
}
