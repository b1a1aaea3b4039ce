using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Routing;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>A call of this gateway in the queue of the cluster, and then its slot.</summary>
/// <param name="spec">As this gateway sees the call.</param>
/// <param name="arrivedAt">By the clock of <see cref="ClusterScheduler"/>.</param>
internal sealed class ClusterCall(ClusterScheduler scheduler, UpstreamCall call, string model, CallSpec spec, TimeSpan arrivedAt) : ISlotLease, IQueuePlace
{
    private readonly List<string> _barred = [];
    private TaskCompletionSource<bool> _turn = NewTurn();
    private ReplicaDecision? _last;
    private PlaceMessage? _place;
    private TimeSpan _grantedAt;
    private TimeSpan _waitsSince = scheduler.Now;

    /// <summary>Until the last grant.</summary>
    private TimeSpan _waited;
    private CallWait _wait;
    private bool _hasAnswered;
    private bool _isSilent;
    private int _attempts;
    private int _grants;
    private long _movedAt;
    private int _isOver;

    /// <summary>The number of the call at this gateway; another one when it arrives anew.</summary>
    public long Id { get; set; }

    public CallSpec Spec { get; set; } = spec;

    public UpstreamCall Call => call;

    public string Model => model;

    public TimeSpan ArrivedAt => arrivedAt;

    /// <summary>Within the gate.</summary>
    public bool IsWaiting { get; private set; } = true;

    /// <summary>The time spent waiting so far.</summary>
    public TimeSpan Waited => IsWaiting ? _waited + scheduler.Now - _waitsSince : _waited;

    /// <summary>Within the gate: whether the scheduler took it into its queue, or gave it a slot.</summary>
    public bool IsTaken => _last is not null;

    public string Host { get; private set; } = "";

    public int? ContextLength => _last?.Context;

    public UpstreamRoute Route { get; private set; } = null!;

    public UpstreamBreak Break { get; } = new();

    public QueueEntry Describe()
    {
        lock (scheduler.Gate)
        {
            var state = !IsWaiting ? QueueState.Running : _place?.LoadingAt is not null ? QueueState.Loading : QueueState.Waiting;
            return new QueueEntry($"c{_last?.Ticket ?? 0}", model, state)
            {
                Position = IsWaiting ? _place?.Position ?? _last?.Position ?? 0 : 0,
                Eta = IsWaiting ? _place?.Eta ?? _last?.Expected : TimeSpan.Zero,
                Waited = Waited,
                Host = IsWaiting ? _place?.LoadingAt : Host,
                RequestId = call.Context.RequestId,
            };
        }
    }

    /// <summary>Within the gate: what a new scheduler must know about it.</summary>
    public ReplicaEvent Announce()
    {
        _isSilent = false; // It is reported again.
        var arrived = CallMessage.Of(Spec, model, call.Context.RequestId, scheduler.Now - arrivedAt);
        // A call that no scheduler has accepted yet arrives there, and may be refused.
        return _last is null ? new ReplicaEvent { Kind = ReplicaEventKind.Arrive, Call = Id, Arrived = arrived } : new ReplicaEvent
        {
            Kind = ReplicaEventKind.Adopt,
            Call = Id,
            Arrived = arrived,
            History = new HistoryMessage
            {
                Host = IsWaiting ? null : Host,
                Cost = IsWaiting ? null : _last.Cost,
                Waited = Waited,
                Running = IsWaiting ? TimeSpan.Zero : scheduler.Now - _grantedAt,
                HasToken = _hasAnswered,
                IsTrial = _last.IsTrial,
                Position = _last.Position,
                Attempts = _grants,
                Barred = [.. _barred],
            },
        };
    }

    /// <summary>Within the gate.</summary>
    public void CarryOut(ReplicaDecision decision)
    {
        switch (decision.Kind)
        {
            case ReplicaDecisionKind.Queued when IsWaiting:
                _last = decision;
                break;
            case ReplicaDecisionKind.Granted when IsWaiting:
                (_last, _place, Host, _waited, _grants) = (decision, null, decision.Host ?? "", decision.Waited, decision.Attempts);
                (_grantedAt, IsWaiting) = (scheduler.Now, false);
                _turn.TrySetResult(true);
                break;
            case ReplicaDecisionKind.Refused when IsWaiting:
                Refuse(scheduler.ToException(this, decision));
                break;
            case ReplicaDecisionKind.Lost when IsWaiting:
                _turn.TrySetResult(false);
                break;
            case ReplicaDecisionKind.Broken:
                Break.End(Refusals.Cancelled());
                break;
        }
    }

    /// <summary>Within the gate.</summary>
    public void NotePlace(PlaceMessage place) => _place = IsWaiting ? place : null;

    /// <summary>Within the gate: ends the wait with an error. The call is not forgotten yet: it may arrive anew.</summary>
    public void Refuse(GatewayException refusal) => _turn.TrySetException(refusal);

    /// <summary>Within the gate: it waits from now on, as a call that no scheduler knows.</summary>
    public void ArriveAnew(long id, CallSpec again)
    {
        _wait.NoteNewArrival(scheduler.Now - _waitsSince);
        (Id, Spec, IsWaiting, _last, _place, _turn, _waitsSince) = (id, again, true, null, null, NewTurn(), scheduler.Now);
        _barred.Clear();
    }

    /// <summary>Within the gate: whether its silence has begun or ended since the last look.</summary>
    public bool HasTurnedSilent(TimeSpan limit, out bool isSilent)
    {
        isSilent = !IsWaiting && scheduler.Since(Volatile.Read(ref _movedAt)) > limit;
        var hasTurned = isSilent != _isSilent;
        _isSilent = isSilent;
        return hasTurned;
    }

    public void NoteAnswer()
    {
        _hasAnswered = true;
        // Others may wait for the token, or learn from its time.
        scheduler.Post(new ReplicaEvent { Kind = ReplicaEventKind.FirstToken, Call = Id }, isUrgent: _last is { IsTrial: true } || Spec.Prefix is not null);
    }

    public void NoteMove() => Volatile.Write(ref _movedAt, scheduler.Timestamp);

    public void NoteLines(int count) => scheduler.Post(new ReplicaEvent { Kind = ReplicaEventKind.Tokens, Call = Id, Tokens = count }, isUrgent: false);

    public void Complete(UpstreamEnd end) => End(CallEnds.Of(end), end.Timings is { HasLoaded: true });

    public async ValueTask<bool> TryMoveAsync(GatewayException failure, CancellationToken cancellationToken)
    {
        _attempts += scheduler.IsRemoved(Host) ? 0 : 1;
        if (_attempts >= Failover.MaxAttempts || !Failover.Helps(failure, scheduler.Models.IsMissing(Host, model)))
        {
            End(_hasAnswered ? CallEnd.WithoutLastLine : CallEnd.FailedBeforeFirstByte, hasLoaded: false);
            return false;
        }

        var failed = Host;
        Return(mayStay: _attempts == 1 && OllamaErrors.MaySucceedAtOnce(failure));
        if (!await WaitAsync(cancellationToken) && !(scheduler.TryArriveAnew(this) && await WaitAsync(cancellationToken)))
        {
            Interlocked.Exchange(ref _isOver, 1);
            scheduler.Forget(this, happened: null);
            return false;
        }

        scheduler.Events.OnFailedOver(failed);
        NoteRoute();
        return true;
    }

    /// <summary>Waits for the slot, also if another host is the one that decides what the model's name stands for.</summary>
    public async ValueTask WaitAnywhereAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await WaitAsync(cancellationToken);
                if (_last?.Expected is { } expected)
                {
                    scheduler.Events.OnWaited(expected, _waited);
                }

                NoteRoute();
                return;
            }
            catch (GatewayException refusal) when (refusal.Error is GatewayError.NoHost && scheduler.TryArriveAnew(this))
            {
                // Its place is that of its arrival.
            }
            catch (GatewayException)
            {
                Interlocked.Exchange(ref _isOver, 1);
                scheduler.Forget(this, happened: null);
                throw;
            }
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            scheduler.Forget(this, new ReplicaEvent { Kind = ReplicaEventKind.Leave, Call = Id, Flag = true });
        }
    }

    private static TaskCompletionSource<bool> NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void End(CallEnd end, bool hasLoaded)
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            scheduler.Forget(this, new ReplicaEvent { Kind = ReplicaEventKind.End, Call = Id, End = EndMessage.Of(end, hasLoaded) });
        }
    }

    private void Return(bool mayStay)
    {
        lock (scheduler.Gate)
        {
            _wait.NoteFailure(_waited, scheduler.Since(Volatile.Read(ref _movedAt)));
            _barred.Add(Host);
            (IsWaiting, _turn, Host, _waitsSince) = (true, NewTurn(), "", scheduler.Now);
            scheduler.Post(new ReplicaEvent { Kind = ReplicaEventKind.Return, Call = Id, Flag = mayStay }, isUrgent: true);
        }
    }

    private async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        var turn = _turn;
        await using var leaving = cancellationToken.UnsafeRegister(static (call, token) => ((ClusterCall)call!).Leave(token), this);
        return await turn.Task;
    }

    /// <summary>The caller has left. If the slot was granted at the same moment, the call goes on, and ends at its next step.</summary>
    private void Leave(CancellationToken cancellationToken)
    {
        lock (scheduler.Gate)
        {
            if (!IsWaiting || !_turn.TrySetCanceled(cancellationToken))
            {
                return;
            }
        }

        Interlocked.Exchange(ref _isOver, 1);
        scheduler.Forget(this, new ReplicaEvent { Kind = ReplicaEventKind.Leave, Call = Id });
    }

    /// <summary>Tells the caller where its call goes.</summary>
    private void NoteRoute()
    {
        NoteMove();
        var grant = _last!; // It was granted.
        Route = new UpstreamRoute(Host, _wait.Total(_waited))
        {
            Earlier = _wait.Earlier,
            Failed = _wait.Failed,
            Position = grant.Position,
            Loading = grant.Loading,
            LoadShare = grant.LoadShare,
            ContextLength = grant.Context,
        };
        call.Context.Observer?.OnRouted(Route);
    }
}
