using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>
/// Runs the state machine: one lock, one clock, one timer. Events are short; their decisions are carried out after the lock is released.
/// </summary>
internal sealed class SchedulerEngine : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Scheduler _scheduler;
    private readonly TimeProvider _timeProvider;
    private readonly Action<Decision> _carryOut;
    private readonly long _started;
    private readonly ITimer _timer;
    private TimeSpan? _armedFor;
    private bool _isDisposed;

    /// <param name="carryOut">Does what was decided. It must not throw, and must not wait.</param>
    public SchedulerEngine(SchedulerOptions options, TimeProvider timeProvider, Action<Decision> carryOut)
    {
        _scheduler = new Scheduler(options);
        (_timeProvider, _carryOut, _started) = (timeProvider, carryOut, timeProvider.GetTimestamp());
        _timer = timeProvider.CreateTimer(
            static state => ((SchedulerEngine)state!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The scheduler's clock. It is monotonic: a change of the system's time has no effect.</summary>
    public TimeSpan Now => _timeProvider.GetElapsedTime(_started);

    /// <param name="timestamp">Of the <see cref="TimeProvider"/>.</param>
    public TimeSpan ToTime(long timestamp) => _timeProvider.GetElapsedTime(_started, timestamp);

    public void Do(Action<Scheduler, TimeSpan> act) => Do(act, static (scheduler, now, act) =>
    {
        act(scheduler, now);
        return true;
    });

    public TResult Do<TArgument, TResult>(TArgument argument, Func<Scheduler, TimeSpan, TArgument, TResult> act)
    {
        IReadOnlyList<Decision> decisions;
        TResult result;
        lock (_gate)
        {
            result = act(_scheduler, Now, argument);
            decisions = _scheduler.TakeDecisions();
            Arm();
        }

        for (var i = 0; i < decisions.Count; i++)
        {
            _carryOut(decisions[i]);
        }

        return result;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer.Dispose();
        }
    }

    /// <summary>The timer has fired, maybe some milliseconds early: it must be set again in any case.</summary>
    private void Tick() => Do(this, static (scheduler, now, engine) =>
    {
        engine._armedFor = null;
        scheduler.Tick(now);
        return true;
    });

    /// <summary>A timer that is set for an earlier time is left as it is: it is set again when it has fired.</summary>
    private void Arm()
    {
        var now = Now;
        if (_armedFor is { } armed && armed <= now)
        {
            _armedFor = null;
        }

        if (!_isDisposed && _scheduler.NextTick is { } next && !(_armedFor <= next))
        {
            _armedFor = next;
            // Rounded up: a timer that fires a little early would be set again for nothing.
            var wait = TimeSpan.FromMilliseconds(Math.Ceiling((next - now).TotalMilliseconds));
            _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
