using Microsoft.Extensions.Logging;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>
/// Keeps one gateway in touch with the scheduler of the cluster: sends its events in their order, several at once when they come fast, and
/// polls for decisions. When the scheduler is another one, or has forgotten the gateway, it begins a new session and says what it knows.
/// </summary>
internal sealed partial class ClusterLink : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>Events that nobody waits for travel with the next ones, or after this time.</summary>
    private static readonly TimeSpan LazyDelay = TimeSpan.FromMilliseconds(25);

    private readonly IDesk _desk;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<ClusterLink> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopped;
    private readonly SchedulerAbsence _absence;
    private readonly EventOutbox _outbox = new();
    private TaskCompletionSource _joined = NewSignal();
    private IClusterLinkUser? _user;
    private ITimer? _later;
    private bool _isLater;
    private Guid? _session;
    private long _carriedOut;
    private bool _isPumping;

    public ClusterLink(IDesk desk, TimeProvider timeProvider, ILogger<ClusterLink> logger)
    {
        (_desk, _timeProvider, _logger) = (desk, timeProvider, logger);
        _absence = new SchedulerAbsence(timeProvider, logger);
        _stopped = _stopping.Token;
    }

    /// <summary>Guards the calls of the gateway: what they are and what is said about them must not differ.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Begins to work.</summary>
    public void Start(IClusterLinkUser user)
    {
        _user = user;
        _later = _timeProvider.CreateTimer(static link => ((ClusterLink)link!).PushNow(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Push();
        _ = PollAsync();
    }

    /// <summary>Within the gate: an event that follows the earlier ones. Without a session it is forgotten: the announcement will say it.</summary>
    public void Post(ReplicaEvent happened)
    {
        if (_session is not null && _outbox.IsFull)
        {
            _outbox.Clear();
            EndSession();
        }
        else if (_session is not null)
        {
            _outbox.Add(happened);
        }
    }

    /// <summary>Sends what was posted. Call it after the gate was left.</summary>
    public void Push()
    {
        lock (Gate)
        {
            _outbox.Hurry();
            if (_isPumping || _user is null || _stopped.IsCancellationRequested)
            {
                return;
            }

            _isPumping = true;
        }

        _ = PumpAsync();
    }

    /// <summary>Sends what was posted with what follows, or a little later. It may be called within the gate.</summary>
    public void PushLater()
    {
        lock (Gate)
        {
            // A timer that fires for nothing costs less than one that is set for each event.
            if (!_isLater && !_stopped.IsCancellationRequested)
            {
                _isLater = true;
                _later?.Change(LazyDelay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Within the gate, while an answer is handled: sends what was posted right after it.</summary>
    public void Hurry() => _outbox.Hurry();

    public void Dispose()
    {
        lock (Gate)
        {
            if (!_stopped.IsCancellationRequested)
            {
                _stopping.Cancel();
                _stopping.Dispose();
                _later?.Dispose();
            }
        }
    }

    private void PushNow()
    {
        lock (Gate)
        {
            _isLater = false;
        }

        Push();
    }

    private async Task PumpAsync()
    {
        while (true)
        {
            SessionEvents? message = null;
            lock (Gate)
            {
                if (_stopped.IsCancellationRequested || (_session is not null && !_outbox.IsDue))
                {
                    _isPumping = false;
                    return;
                }

                if (_session is { } session)
                {
                    message = _outbox.Take(session, _carriedOut);
                }
            }

            await (message is null ? JoinAsync() : SendAsync(message));
        }
    }

    private async Task JoinAsync()
    {
        try
        {
            var session = await _desk.JoinAsync();
            if (session != Guid.Empty)
            {
                Begin(session);
                return;
            }
        }
        catch (Exception exception)
        {
            NoteAway(exception);
        }

        await WaitAsync();
    }

    private void Begin(Guid session)
    {
        lock (Gate)
        {
            (_session, _carriedOut) = (session, 0);
            _absence.End();
            var announced = _outbox.Begin(_user!.Announce()); // Without a user nothing begins.
            LogJoined(announced);
            _joined.TrySetResult();
        }
    }

    private async Task SendAsync(SessionEvents message)
    {
        try
        {
            var reply = await _desk.SendAsync(message);
            lock (Gate)
            {
                if (TryTake(message.Session, reply))
                {
                    _outbox.Confirm(message);
                }
            }
        }
        catch (Exception exception)
        {
            NoteAway(exception);
            await WaitAsync();
            lock (Gate)
            {
                _outbox.Hurry();
            }
        }
    }

    private async Task PollAsync()
    {
        while (!_stopped.IsCancellationRequested)
        {
            SessionPoll? poll = null;
            Task joined;
            lock (Gate)
            {
                joined = _joined.Task;
                if (_session is { } session)
                {
                    poll = new SessionPoll { Session = session, Acknowledged = _carriedOut };
                }
            }

            await (poll is null ? QuietlyAsync(joined.WaitAsync(_stopped)) : PollAsync(poll));
        }
    }

    private async Task PollAsync(SessionPoll poll)
    {
        try
        {
            var reply = await _desk.PollAsync(poll);
            bool mustPush;
            lock (Gate)
            {
                var isKnown = TryTake(poll.Session, reply);
                if (isKnown && reply.News is { } news)
                {
                    _user!.Take(news);
                }

                mustPush = !isKnown || _outbox.IsDue;
            }

            if (mustPush)
            {
                Push();
            }
        }
        catch (Exception exception)
        {
            NoteAway(exception);
            await WaitAsync();
        }
    }

    /// <summary>Within the gate.</summary>
    /// <returns>False when the session is over.</returns>
    private bool TryTake(Guid session, SessionReply reply)
    {
        if (_session != session)
        {
            return false;
        }

        _absence.NoteAnswer();
        if (reply.IsUnknown)
        {
            EndSession();
            return false;
        }

        for (var i = 0; i < reply.Decisions.Length; i++)
        {
            if (reply.First + i > _carriedOut)
            {
                _carriedOut = reply.First + i;
                _user!.CarryOut(reply.Decisions[i]);
            }
        }

        _user!.NoteRoom(reply.IsTight);
        return true;
    }

    /// <summary>Within the gate.</summary>
    private void EndSession()
    {
        _session = null;
        _joined = NewSignal();
    }

    private void NoteAway(Exception exception)
    {
        lock (Gate)
        {
            _absence.Note(exception);
        }
    }

    private Task WaitAsync() => QuietlyAsync(Task.Delay(RetryDelay, _timeProvider, _stopped));

    private static async Task QuietlyAsync(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(EventId = 2081, EventName = "SchedulerJoined", Level = LogLevel.Information,
        Message = "The scheduler of the cluster knows this gateway. Announced: {Events}")]
    private partial void LogJoined(int events);
}
