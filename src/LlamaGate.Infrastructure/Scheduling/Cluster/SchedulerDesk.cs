namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>
/// The scheduler of the cluster as gateways see it: each has a session in which it sends events and gets decisions. A new one knows nothing;
/// it decides only after all working gateways have said what they know, or after <see cref="MaxRecovery"/>. Knows nothing of Orleans.
/// Thread-safe.
/// </summary>
internal sealed class SchedulerDesk : IDisposable
{
    /// <summary>For this long it waits at most for what the gateways know.</summary>
    public static readonly TimeSpan MaxRecovery = TimeSpan.FromSeconds(5);

    /// <summary>A gateway that was not heard of for this long has lost its slots and places.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(10);

    /// <summary>The longest poll.</summary>
    public static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(4);

    /// <summary>The same for a gateway with calls that wait: their places change.</summary>
    public static readonly TimeSpan ShortPoll = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A process that stood still for this long may have been replaced: the others declare it dead after that time. So it gives up, and all
    /// join anew, wherever the scheduler is then.
    /// </summary>
    public static readonly TimeSpan MaxStandstill = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly SchedulerEngine _engine;
    private readonly IDeskSurroundings _surroundings;
    private readonly TimeProvider _timeProvider;
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, DeskSession> _sessions = [];
    private readonly long _began;
    private readonly ITimer _timer;
    private long _lookedAt;
    private volatile bool _isRecovering = true;

    /// <summary>Whether the gateways were told that there is no room to spare.</summary>
    private volatile bool _tightnessIsTold;

    public SchedulerDesk(SchedulerEngine engine, IDeskSurroundings surroundings, TimeProvider timeProvider)
    {
        (_engine, _surroundings, _timeProvider) = (engine, surroundings, timeProvider);
        _engine.Do(static (core, _) => core.BeginRecovery());
        _began = _lookedAt = timeProvider.GetTimestamp();
        _timer = timeProvider.CreateTimer(static desk => ((SchedulerDesk)desk!).Look(), this, Period, Period);
    }

    /// <summary>Whether it has given up: all sessions are over, and it takes no new ones.</summary>
    public bool IsClosed { get; private set; }

    /// <returns>The session's id; <see cref="Guid.Empty"/> when it has given up.</returns>
    public Guid Join(string replica)
    {
        DeskSession joined;
        DeskSession[] earlier;
        lock (_gate)
        {
            if (IsClosed || StoodStill())
            {
                return Guid.Empty;
            }

            earlier = [.. _sessions.Values.Where(session => session.Replica == replica)];
            joined = new DeskSession(replica, _engine, _surroundings, _timeProvider) { IsRevived = _surroundings.HasEnded(replica) };
            _sessions[joined.Id] = joined;
        }

        Array.ForEach(earlier, End);
        return joined.Id;
    }

    public bool Knows(Guid session) => Find(session) is not null;

    public SessionReply Send(SessionEvents events)
    {
        if (Find(events.Session) is not { } session)
        {
            return SessionReply.Unknown;
        }

        session.NoteSeen();
        session.Decisions.Acknowledge(events.Acknowledged);
        var reply = session.Take(events);
        if (_isRecovering)
        {
            Look();
        }

        if (reply is { IsTight: true } && !_tightnessIsTold)
        {
            // From now on all report the ends of their calls at once.
            _tightnessIsTold = true;
            Spread();
        }

        return reply ?? SessionReply.Unknown;
    }

    public async ValueTask<SessionReply> PollAsync(SessionPoll poll)
    {
        if (Find(poll.Session) is not { } session)
        {
            return SessionReply.Unknown;
        }

        // Only the beginning shows that the gateway is alive.
        session.NoteSeen();
        session.Decisions.Acknowledge(poll.Acknowledged);
        await session.Decisions.WaitAsync(session.HasWaiting ? ShortPoll : LongPoll);
        if (Find(poll.Session) is null)
        {
            return SessionReply.Unknown;
        }

        var (first, decisions) = session.Decisions.Read();
        var (isTight, hasWaiting) = _engine.Do(0, static (core, _, _) => (core.IsTight, core.Waiting > 0));
        // This gateway knows now. The others may not.
        _tightnessIsTold &= isTight;
        return new SessionReply { First = first, Decisions = decisions, News = ReadNews(session, hasWaiting), IsTight = isTight };
    }

    /// <summary>Something has changed that every gateway has to know.</summary>
    public void Spread()
    {
        foreach (var session in List())
        {
            session.Decisions.Wake();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Close();
    }

    private SessionNews ReadNews(DeskSession session, bool hasWaiting) => new()
    {
        HasWaiting = hasWaiting,
        Drained = [.. _surroundings.Drained],
        Places = session.HasWaiting ? session.ListPlaces() : [],
        Hosts = [.. _surroundings.Hosts],
        // Until then it knows less than the gateways.
        Learned = _isRecovering ? null : session.ReadLearned(),
    };

    private DeskSession? Find(Guid id)
    {
        lock (_gate)
        {
            return StoodStill() ? null : _sessions.GetValueOrDefault(id);
        }
    }

    private DeskSession[] List()
    {
        lock (_gate)
        {
            return [.. _sessions.Values];
        }
    }

    /// <summary>Within the gate.</summary>
    private bool StoodStill()
    {
        if (!IsClosed && _timeProvider.GetElapsedTime(_lookedAt) > MaxStandstill)
        {
            Close();
        }

        return IsClosed;
    }

    /// <summary>Gives up: all polls end, and the gateways join anew, wherever the scheduler is then.</summary>
    public void Close()
    {
        lock (_gate)
        {
            IsClosed = true;
            foreach (var session in _sessions.Values)
            {
                session.Decisions.Close();
            }

            _sessions.Clear();
        }
    }

    private void End(DeskSession session)
    {
        lock (_gate)
        {
            _sessions.Remove(session.Id);
        }

        session.End();
    }

    private void Look()
    {
        lock (_gate)
        {
            if (StoodStill())
            {
                return;
            }

            _lookedAt = _timeProvider.GetTimestamp();
        }

        foreach (var session in List())
        {
            if (session.Silence > MaxSilence || (!session.IsRevived && _surroundings.HasEnded(session.Replica)))
            {
                End(session);
            }
        }

        if (_isRecovering && (HasHeardAll() || _timeProvider.GetElapsedTime(_began) >= MaxRecovery))
        {
            _isRecovering = false;
            _engine.Do(static (core, now) => core.EndRecovery(now));
        }
    }

    private bool HasHeardAll()
    {
        var announced = List().Where(session => session.IsAnnounced).Select(session => session.Replica).ToHashSet(StringComparer.Ordinal);
        return announced.Count > 0 && announced.IsSupersetOf(_surroundings.Working);
    }
}
