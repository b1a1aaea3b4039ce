namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>Gives the scheduler a clock, one timer, a lock, and requests that follow their calls. Thread-safe.</summary>
internal sealed class RunnerHost : IDisposable
{
    /// <summary>Timers cut off what is below, and would fire too early again and again.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly OllamaScheduler _scheduler;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly DateTimeOffset _startedAt;
    private readonly ITimer _timer;
    private readonly HashSet<RunnerTicket> _tickets = [];

    public RunnerHost(SchedulingOptions options, TimeProvider time)
    {
        _scheduler = new OllamaScheduler(options);
        _time = time;
        _start = time.GetTimestamp();
        _startedAt = time.GetUtcNow();
        _timer = time.CreateTimer(
            _ => Do((scheduler, now) => scheduler.Advance(now)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Beats after everything that happens.</summary>
    public Pulse Changed { get; } = new();

    /// <summary>Since the start.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Every request waits for something that has not come, so that nothing happens before time passes.</summary>
    public bool IsSettled
    {
        get
        {
            lock (_lock)
            {
                return _tickets.All(ticket => ticket.IsSettled);
            }
        }
    }

    /// <summary>Requests that follow a call.</summary>
    public int Followed
    {
        get
        {
            lock (_lock)
            {
                return _tickets.Count;
            }
        }
    }

    /// <param name="receivedAt">When its request had been read: a timestamp of the clock.</param>
    public RunnerTicket Submit(RunnerCall call, long receivedAt)
    {
        call.Received = _time.GetElapsedTime(_start, receivedAt);
        var ticket = new RunnerTicket(this, call);
        Do((scheduler, now) =>
        {
            _tickets.Add(ticket);
            scheduler.Submit(call, now);
        });
        return ticket;
    }

    public void End(RunnerTicket ticket, RunnerCall call) => Do((scheduler, now) =>
    {
        _tickets.Remove(ticket);
        scheduler.End(call, now);
    });

    public void Unload(EmulatedModel model) => Do((scheduler, now) => scheduler.Unload(model, now));

    public bool Kill(EmulatedModel model)
    {
        var isKilled = false;
        Do((scheduler, now) => isKilled = scheduler.Kill(model, now));
        return isKilled;
    }

    /// <summary>What is loaded is lost, as when the server stops; the counts stay.</summary>
    public void Clear() => Do((scheduler, now) => scheduler.Clear(now));

    /// <summary>A consistent look at the scheduler as it is now.</summary>
    public T Look<T>(Func<OllamaScheduler, T> look)
    {
        lock (_lock)
        {
            _scheduler.Advance(Now);
            return look(_scheduler);
        }
    }

    /// <summary>What /api/ps shows: loaded models, with the context of their runner and when they go.</summary>
    public IReadOnlyList<(EmulatedModel Model, DateTimeOffset Expires)> Listed() => Look(scheduler =>
        scheduler.Loaded.Select(runner => (
            runner.Model with { ContextLength = runner.Needs.ContextLength },
            _startedAt + runner.ExpiresAsShown(Now))).ToArray());

    public void Dispose() => _timer.Dispose();

    private void Do(Action<OllamaScheduler, TimeSpan> action)
    {
        lock (_lock)
        {
            action(_scheduler, Now);
            _timer.Change(WaitFor(_scheduler.NextDue - Now), Timeout.InfiniteTimeSpan);
        }

        Changed.Beat();
    }

    private static TimeSpan WaitFor(TimeSpan? due) => due switch
    {
        null => Timeout.InfiniteTimeSpan,
        { Ticks: <= 0 } => TimeSpan.Zero,
        { } wait when wait < ShortestWait => ShortestWait,
        { } wait when wait > LongestWait => LongestWait,
        { } wait => wait,
    };
}
