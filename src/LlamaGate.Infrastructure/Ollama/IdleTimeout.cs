using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// Limits each wait for the upstream, not the whole exchange: a stream that keeps sending is never cut off, and a
/// client that reads slowly does not count against the upstream.
/// </summary>
internal sealed class IdleTimeout : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _ended = new();
    private readonly UpstreamBreak? _break;
    private readonly CancellationTokenRegistration _leaving;
    private readonly CancellationTokenRegistration _breaking;
    private CancellationToken _reader;
    private CancellationTokenRegistration _readerLeaving;
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _isScheduled;
    private long? _waitingSince;

    /// <param name="others">By which others than the caller may end the call; null: nobody may.</param>
    public IdleTimeout(TimeSpan limit, TimeProvider timeProvider, CancellationToken caller, UpstreamBreak? others = null)
    {
        _limit = limit;
        _timeProvider = timeProvider;
        _caller = caller;
        _break = others;
        _leaving = EndWith(caller);
        _breaking = others is null ? default : EndWith(others.Token);
    }

    /// <summary>Fires when the upstream has been silent too long, when the caller disconnects, and when others end the call.</summary>
    public CancellationToken Token => _ended.Token;

    /// <summary>Why others than the caller have ended the call; null when they have not.</summary>
    public GatewayException? BreakReason => _break?.Reason;

    public bool IsOver => _ended.IsCancellationRequested && !CallerLeft;

    public bool CallerLeft => _caller.IsCancellationRequested || _reader.IsCancellationRequested;

    /// <summary>
    /// This token also signals that the caller has disconnected. Usually it is the token of the call, and there is nothing to do.
    /// </summary>
    public void Follow(CancellationToken reader)
    {
        if (reader != _caller && reader != _reader)
        {
            _readerLeaving.Dispose();
            _reader = reader;
            _readerLeaving = EndWith(reader);
        }
    }

    /// <summary>Begins a wait.</summary>
    public void Arm()
    {
        lock (_gate)
        {
            _waitingSince = _timeProvider.GetTimestamp();
            if (!_isScheduled)
            {
                // One timer serves all waits, so that a token costs only a time stamp and no change of a timer.
                _timer ??= _timeProvider.CreateTimer(
                    static state => ((IdleTimeout)state!).Check(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                Schedule(_limit);
            }
        }
    }

    /// <summary>Ends it.</summary>
    public void Disarm()
    {
        lock (_gate)
        {
            _waitingSince = null;
        }
    }

    public void Dispose()
    {
        _leaving.Dispose();
        _breaking.Dispose();
        _readerLeaving.Dispose();
        _timer?.Dispose();
        _ended.Dispose();
    }

    private CancellationTokenRegistration EndWith(CancellationToken leaving) =>
        leaving.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _ended);

    private void Check()
    {
        lock (_gate)
        {
            _isScheduled = false;
            if (_waitingSince is not { } since)
            {
                return;
            }

            var left = _limit - _timeProvider.GetElapsedTime(since);
            if (left > TimeSpan.Zero)
            {
                Schedule(left);
                return;
            }
        }

        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The answer ended at the moment of the timeout.
        }
    }

    private void Schedule(TimeSpan after)
    {
        _isScheduled = true;
        _timer!.Change(after, Timeout.InfiniteTimeSpan);
    }
}
