using System.Collections.Concurrent;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>One gateway in the scheduler of the cluster: its events, its calls, and what was decided about them. Thread-safe.</summary>
internal sealed class DeskSession(string replica, SchedulerEngine engine, IDeskSurroundings surroundings, TimeProvider timeProvider)
{
    /// <summary>The most calls whose places are sent at once.</summary>
    private const int MaxPlaces = 1000;

    /// <summary>The most models whose learned figures are sent.</summary>
    private const int MaxLearned = 256;

    private static readonly TimeSpan LearnedPeriod = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<long, RemoteCall> _calls = new();
    private long _next = 1;
    private long _seenAt = timeProvider.GetTimestamp();
    private long? _toldAt;
    private bool _isOver;

    public Guid Id { get; } = Guid.NewGuid();

    public string Replica => replica;

    public DecisionQueue Decisions { get; } = new(timeProvider);

    /// <summary>
    /// Whether the gateway joined after the others had declared it dead: it stood still for a while, and finishes its requests now.
    /// </summary>
    public bool IsRevived { get; init; }

    /// <summary>Whether the gateway has said what it knows.</summary>
    public bool IsAnnounced { get; private set; }

    public bool HasWaiting => _calls.Values.Any(static call => call.IsWaiting);

    /// <summary>Since the gateway was last heard of.</summary>
    public TimeSpan Silence => timeProvider.GetElapsedTime(Volatile.Read(ref _seenAt));

    public void NoteSeen() => Volatile.Write(ref _seenAt, timeProvider.GetTimestamp());

    public void Forget(RemoteCall call) => _calls.TryRemove(call.Id, out _);

    /// <summary>Takes events in; those that were taken before are left out.</summary>
    /// <returns>Null when events are missing, or the session is over.</returns>
    public SessionReply? Take(SessionEvents message)
    {
        lock (_gate)
        {
            var known = (int)(_next - message.First);
            if (_isOver || known < 0)
            {
                return null;
            }

            Decisions.BeginAnswer();
            var isTight = engine.Do((Session: this, message.Events, Skip: known), static (core, now, own) =>
            {
                for (var i = own.Skip; i < own.Events.Length; i++)
                {
                    own.Session.Take(core, now, own.Events[i]);
                }

                return core.IsTight;
            });
            _next = Math.Max(_next, message.First + message.Events.Length);
            var (first, decisions) = Decisions.Read();
            return new SessionReply { First = first, Decisions = decisions, IsTight = isTight };
        }
    }

    /// <summary>The places of the calls that wait.</summary>
    public PlaceMessage[] ListPlaces() => engine.Do(this, static (core, now, own) => own._calls.Values
        .Where(static call => call.IsWaiting)
        .Take(MaxPlaces)
        .Select(call =>
        {
            var place = core.Describe(now, call.Ticket);
            return new PlaceMessage { Call = call.Id, Position = place.Position, Eta = place.Eta, LoadingAt = place.LoadingAt };
        })
        .ToArray());

    /// <summary>What has been learned, for the next scheduler; null when the gateway was told lately.</summary>
    public LearnedMessage[]? ReadLearned()
    {
        lock (_gate)
        {
            if (_toldAt is { } at && timeProvider.GetElapsedTime(at) < LearnedPeriod)
            {
                return null;
            }

            _toldAt = timeProvider.GetTimestamp();
        }

        return engine.Do(0, static (core, _, _) => core.ReadLearned().Take(MaxLearned).Select(LearnedMessage.Of).ToArray());
    }

    /// <summary>The gateway has gone: its slots are free, and its calls wait for nothing.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isOver = true;
            engine.Do(_calls.Values.ToArray(), static (core, now, calls) =>
            {
                // Those that wait first: they must not be granted what the others leave.
                foreach (var call in calls.OrderBy(call => !call.IsWaiting).ToArray())
                {
                    core.Leave(now, call.Ticket);
                }

                return true;
            });
            _calls.Clear();
        }

        Decisions.Close();
    }

    private void Take(Scheduler core, TimeSpan now, ReplicaEvent happened)
    {
        switch (happened.Kind)
        {
            case ReplicaEventKind.Arrive when happened.Arrived is { } arrived:
                Arrive(core, now, happened.Call, arrived, happened.History);
                return;
            case ReplicaEventKind.Adopt when happened.Arrived is { } arrived:
                Arrive(core, now, happened.Call, arrived, happened.History ?? new HistoryMessage());
                return;
            case ReplicaEventKind.Drain:
                core.Drain(now, now + happened.Within, call => IsOwn((RemoteCall)call.Scheduled()));
                return;
            case ReplicaEventKind.Restore when happened.Principal is { } principal:
                core.Restore(now, principal.ToPrincipal(), happened.Counter, happened.VirtualTime);
                return;
            case ReplicaEventKind.Learned when happened.Learned is { } learned:
                core.Restore(now, learned.ToFigures());
                return;
            case ReplicaEventKind.Announced:
                IsAnnounced = true;
                return;
        }

        if (_calls.TryGetValue(happened.Call, out var call))
        {
            Take(core, now, happened, call);
        }
    }

    private bool IsOwn(RemoteCall call) => _calls.TryGetValue(call.Id, out var own) && own == call;

    private void Arrive(Scheduler core, TimeSpan now, long id, CallMessage arrived, HistoryMessage? history)
    {
        var call = new RemoteCall(this, id, arrived);
        var (key, rule) = surroundings.Resolve(arrived);
        var spec = arrived.ToSpec(now, key, rule, call);
        call.Ticket = history is null ? core.Arrive(now, spec) : core.Adopt(now, spec, history.ToHistory());
        if (call.Ticket.State is CallState.Over)
        {
            // Refused, which is reported; or its host has gone, and it ends by itself.
            return;
        }

        _calls[id] = call;
        if (call.IsWaiting)
        {
            call.Queue();
        }
    }

    private void Take(Scheduler core, TimeSpan now, ReplicaEvent happened, RemoteCall call)
    {
        switch (happened.Kind)
        {
            case ReplicaEventKind.Leave:
                Leave(core, now, call, wasSent: happened.Flag);
                break;
            case ReplicaEventKind.FirstToken:
                core.NoteFirstToken(now, call.Ticket);
                break;
            case ReplicaEventKind.Tokens:
                core.NoteTokens(now, call.Ticket, happened.Tokens);
                break;
            case ReplicaEventKind.End when happened.End is { } end:
                End(core, now, call, end);
                break;
            case ReplicaEventKind.Return:
                if (!core.Return(now, call.Ticket, mayStay: happened.Flag))
                {
                    call.Lose();
                }

                break;
            case ReplicaEventKind.Silent:
                call.IsSilent = happened.Flag;
                break;
        }
    }

    /// <summary>A call that was granted a slot while its client left has not been sent, and costs nothing.</summary>
    private void Leave(Scheduler core, TimeSpan now, RemoteCall call, bool wasSent)
    {
        if (wasSent || call.IsWaiting)
        {
            core.Leave(now, call.Ticket);
        }
        else
        {
            core.End(now, call.Ticket, CallEnd.FailedBeforeFirstByte);
        }

        Forget(call);
    }

    private void End(Scheduler core, TimeSpan now, RemoteCall call, EndMessage end)
    {
        if (end.HasLoaded && call.Ticket.Host is { } host)
        {
            surroundings.NoteForeign(host, call.Model, TimeSpan.FromSeconds(end.LoadSeconds));
        }

        core.End(now, call.Ticket, end.ToEnd());
        Forget(call);
    }
}
