namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>Whether a host is up, from its probes and its calls. Thread-safe.</summary>
internal sealed class HostHealth
{
    /// <summary>A single failed probe may be an accident; this many are not.</summary>
    private const int MaxBadProbes = 2;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private int _badProbes;
    private bool _isKnown;
    private TimeSpan _retryAfter = FirstRetry;
    private volatile bool _isDown;
    private volatile string? _fault;

    /// <summary>True until it is known to be down.</summary>
    public bool IsUp => !_isDown;

    /// <summary>What the last probe or the last attempt to connect met; null when it was good.</summary>
    public string? Fault => _fault;

    /// <summary>While it is down: how long to wait before the next probe, from 5 s up to 60 s.</summary>
    public TimeSpan RetryAfter
    {
        get
        {
            lock (_gate)
            {
                return _retryAfter;
            }
        }
    }

    /// <summary>A probe was answered.</summary>
    /// <returns>True when the host has come up with it, also for the first time.</returns>
    public bool NoteGood()
    {
        lock (_gate)
        {
            var cameUp = _isDown || !_isKnown;
            _isKnown = true;
            _badProbes = 0;
            _retryAfter = FirstRetry;
            _fault = null;
            _isDown = false;
            return cameUp;
        }
    }

    /// <summary>A probe failed.</summary>
    /// <param name="fault">For the operator: without secrets.</param>
    /// <param name="beganWhileUp">The probe began before the host was known to be down: then it is no reason to wait longer for the next.</param>
    /// <returns>True when the host has gone down with it.</returns>
    public bool NoteBad(string fault, bool beganWhileUp = false)
    {
        lock (_gate)
        {
            _fault = fault;
            _badProbes++;
            if (_isDown)
            {
                _retryAfter = beganWhileUp ? _retryAfter : _retryAfter * 2 < LastRetry ? _retryAfter * 2 : LastRetry;
                return false;
            }

            // A host that has never answered deserves no second chance.
            return (!_isKnown || _badProbes >= MaxBadProbes) && GoDown();
        }
    }

    /// <summary>A call could not connect.</summary>
    /// <returns>True when the host has gone down with it.</returns>
    public bool NoteRefused(string fault)
    {
        lock (_gate)
        {
            _fault = fault;
            return !_isDown && GoDown();
        }
    }

    private bool GoDown()
    {
        _isKnown = true;
        _isDown = true;
        _retryAfter = FirstRetry;
        return true;
    }
}
