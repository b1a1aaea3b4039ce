namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>The events of one session that its scheduler has not confirmed, in their order. Guarded by the link's gate.</summary>
internal sealed class EventOutbox
{
    private const int MaxEvents = 256; // In one message.

    /// <summary>Events that wait while the scheduler is away. Beyond it a new session, which begins with an announcement, takes less memory.</summary>
    private const int MaxWaiting = 10_000;

    private readonly List<ReplicaEvent> _events = [];
    private long _first = 1;
    private int _announced;

    public bool IsEmpty => _events.Count == 0;

    public bool IsFull => _events.Count >= _announced + MaxWaiting;

    /// <summary>Whether something must be sent now, and not with what follows.</summary>
    public bool IsDue { get; private set; }

    /// <summary>A new session, with all that its scheduler must know.</summary>
    public int Begin(IEnumerable<ReplicaEvent> announcement)
    {
        _events.Clear();
        _events.AddRange(announcement);
        (_first, _announced) = (1, _events.Count);
        IsDue = true;
        return _announced;
    }

    public void Add(ReplicaEvent happened) => _events.Add(happened);

    public void Clear() => _events.Clear();

    /// <summary>Whatever there is must be sent now.</summary>
    public void Hurry() => IsDue = !IsEmpty;

    /// <summary>As many events as one message takes.</summary>
    public SessionEvents Take(Guid session, long acknowledged)
    {
        IsDue = _events.Count > MaxEvents;
        return new SessionEvents { Session = session, First = _first, Events = [.. _events.Take(MaxEvents)], Acknowledged = acknowledged };
    }

    /// <summary>The scheduler has taken the message in.</summary>
    public void Confirm(SessionEvents message)
    {
        _events.RemoveRange(0, message.Events.Length);
        _first += message.Events.Length;
        IsDue &= !IsEmpty;
    }
}
