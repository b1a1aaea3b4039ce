namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// Bounds each wait for the upstream, not the exchange as a whole: a stream that keeps talking is never cut, and a client that
/// reads slowly is not held against the upstream.
/// </summary>
internal sealed class IdleTimeout : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _linked;

    public IdleTimeout(TimeSpan limit, TimeProvider timeProvider, CancellationToken caller)
    {
        _limit = limit;
        _caller = caller;
        _timer = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller);
    }

    /// <summary>Fires when the upstream has been silent too long, and when the caller leaves.</summary>
    public CancellationToken Token => _linked.Token;

    public bool IsOver => _timer.IsCancellationRequested && !_caller.IsCancellationRequested;

    public bool CallerLeft => _caller.IsCancellationRequested;

    /// <summary>Begins a wait.</summary>
    public void Arm() => _timer.CancelAfter(_limit);

    /// <summary>Ends it.</summary>
    public void Disarm() => _timer.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }
}
