using LlamaGate.Api.Configuration;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// The graceful shutdown: from the first signal on the gateway is draining (no longer ready, running requests continue), and
/// after SHUTDOWN_TIMEOUT <see cref="Deadline"/> fires, and every running request must end with
/// <c>shutting_down</c>. The host's own timeout, a few seconds later, would cut them off.
/// </summary>
internal sealed partial class Drain : IDisposable
{
    private readonly CancellationTokenSource _deadline = new();
    private readonly CancellationTokenRegistration _stopping;
    private readonly CancellationToken _stopped;
    private readonly IScheduler _scheduler;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _timeout;
    private readonly ILogger<Drain> _logger;
    private ITimer? _timer;
    private int _running;

    public Drain(
        IHostApplicationLifetime lifetime, GatewaySettings settings, IScheduler scheduler, TimeProvider timeProvider, ILogger<Drain> logger)
    {
        _scheduler = scheduler;
        _timeProvider = timeProvider;
        _timeout = settings.ShutdownTimeout;
        _logger = logger;
        Deadline = _deadline.Token;
        _stopped = lifetime.ApplicationStopped;
        _stopping = lifetime.ApplicationStopping.Register(Begin);
    }

    /// <summary>True from the first signal on: /readyz then answers 503.</summary>
    public bool IsDraining { get; private set; }

    /// <summary>Fires SHUTDOWN_TIMEOUT after the drain began; never in a gateway that is not shutting down.</summary>
    public CancellationToken Deadline { get; }

    /// <summary>Number of requests that have begun and not ended.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Counts a request until the returned object is disposed.</summary>
    /// <param name="leaving">Fires when its client disconnects.</param>
    public RunningRequest Enter(CancellationToken leaving)
    {
        Interlocked.Increment(ref _running);
        return new RunningRequest(this, leaving);
    }

    public void Leave() => Interlocked.Decrement(ref _running);

    /// <summary>The drain begins soon: load balancers should send nothing any more. What they still send is served.</summary>
    public void Announce() => IsDraining = true;

    public void Dispose()
    {
        _stopping.Dispose();
        _timer?.Dispose();
        _deadline.Dispose();
    }

    private void Begin()
    {
        IsDraining = true;
        var maxWait = GoDuration.Format(_timeout);
        LogDraining(Running, maxWait);
        _scheduler.Drain(_timeout);
        if (_timeout <= TimeSpan.Zero)
        {
            _deadline.Cancel();
            return;
        }

        _timer = _timeProvider.CreateTimer(
            static state => ((Drain)state!).End(), this, _timeout, Timeout.InfiniteTimeSpan);
    }

    private void End()
    {
        if (_stopped.IsCancellationRequested)
        {
            // All requests have ended; telemetry is still sent.
            return;
        }

        LogDeadline(Running);
        _deadline.Cancel();
    }

    [LoggerMessage(EventId = 20, EventName = "Draining", Level = LogLevel.Information,
        Message = "Draining for up to {ShutdownTimeout}. Requests still running: {Running}")]
    private partial void LogDraining(int running, string shutdownTimeout);

    [LoggerMessage(EventId = 21, EventName = "DrainDeadline", Level = LogLevel.Warning,
        Message = "SHUTDOWN_TIMEOUT has passed. Requests that are ended now: {Running}")]
    private partial void LogDeadline(int running);
}
