using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Routing;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>A call in the queue, and then its slot.</summary>
internal sealed class QueuedCall(LocalScheduler scheduler, UpstreamCall call, string model) : ISlotLease, IQueuePlace, IScheduledCall
{
    private TaskCompletionSource? _turn;
    private GatewayException? _refusal;
    private bool _hasAnswered;
    private int _attempts;

    private CallWait _wait;

    /// <summary>When it began to wait, was granted its slot, or has moved since: a <see cref="TimeProvider"/> timestamp.</summary>
    private long _movedAt = scheduler.Timestamp;
    private int _isOver;

    private TimeSpan SinceMove => scheduler.Since(Volatile.Read(ref _movedAt));

    /// <summary>Set as soon as the call has arrived.</summary>
    public CallTicket Ticket { get; set; } = null!;

    public UpstreamCall Call => call;

    public UpstreamBreak Break { get; } = new();

    /// <summary>The model's own name.</summary>
    public string Model => model;

    public string? RequestId => call.Context.RequestId;

    // A call that asks for these has a host.
    public string Host => Ticket.Host ?? "";

    public int? ContextLength => Ticket.Context;

    /// <summary>Set before a call that was granted its slot is sent.</summary>
    public UpstreamRoute Route { get; private set; } = null!;

    public QueueEntry Describe() => scheduler.Describe(this);

    /// <summary>The other parts of the same request keep this place.</summary>
    public void NoteArrival(TimeSpan now)
    {
        if (call.Demand?.Arrival is { At: null } arrival)
        {
            arrival.At = now;
        }
    }

    /// <summary>
    /// Whether it had its slot as soon as it arrived. A call that has waited, however shortly, is granted by <see cref="Grant"/>: until then
    /// another thread may still be writing its ticket.
    /// </summary>
    public bool IsGrantedAtOnce => _turn is null && _refusal is null;

    /// <summary>Within the scheduler's lock: prepares the wait of a call that was not granted at once.</summary>
    public void Prepare()
    {
        _refusal = null;
        _turn = Ticket.State is CallState.Waiting or CallState.Held
            ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
            : null;
    }

    /// <summary>Waits for the slot.</summary>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (_turn is not { } turn)
        {
            return _refusal is null ? ValueTask.CompletedTask : throw _refusal;
        }

        return new(WaitAsync(turn, cancellationToken));
    }

    /// <summary>It arrives again, with a new ticket.</summary>
    public void NoteNewArrival()
    {
        _wait.NoteNewArrival(SinceMove);
        NoteMove();
    }

    /// <summary>Tells the caller where its call goes.</summary>
    public void NoteRoute()
    {
        NoteMove();
        Route = new UpstreamRoute(Host, _wait.Total(Ticket.Waited))
        {
            Earlier = _wait.Earlier,
            Failed = _wait.Failed,
            Position = Ticket.Position,
            Loading = Ticket.Loading,
            LoadShare = Ticket.LoadShare,
            ContextLength = Ticket.Context,
        };
        call.Context.Observer?.OnRouted(Route);
    }

    public void Grant() => _turn?.TrySetResult();

    public void Refuse(Refusal refusal)
    {
        TimeSpan? queueTimeout = _turn is null ? null : scheduler.QueueTimeout;
        _refusal = Refusals.ToException(Ticket.Spec.Principal.MaxWaiting, queueTimeout, refusal, () => scheduler.NoHost(this));
        _turn?.TrySetException(_refusal);
    }

    void IScheduledCall.Break() => Break.End(Refusals.Cancelled());

    public bool IsSilentFor(TimeSpan time) => SinceMove > time;

    public void NoteAnswer()
    {
        _hasAnswered = true;
        scheduler.Do(this, static (core, now, own) => core.NoteFirstToken(now, own.Ticket));
    }

    public void NoteMove() => Volatile.Write(ref _movedAt, scheduler.Timestamp);

    public void NoteLines(int count) =>
        scheduler.Do((this, count), static (core, now, own) => core.NoteTokens(now, own.Item1.Ticket, own.count));

    public void Complete(UpstreamEnd end)
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            scheduler.NoteLoad(this, end.Timings);
            End(CallEnds.Of(end));
        }
    }

    public async ValueTask<bool> TryMoveAsync(GatewayException failure, CancellationToken cancellationToken)
    {
        // The removal of its host is no attempt of the call.
        _attempts += scheduler.IsRemoved(Host) ? 0 : 1;
        if (_attempts >= Failover.MaxAttempts || !Failover.Helps(failure, scheduler.Models.IsMissing(Host, model)))
        {
            Fail();
            return false;
        }

        var failed = Host;
        _wait.NoteFailure(Ticket.Waited, SinceMove);
        NoteMove();
        // Where there is no other host, the same one gets a second chance if it may succeed at once.
        var mayStay = _attempts == 1 && OllamaErrors.MaySucceedAtOnce(failure);
        if (!scheduler.Return(this, mayStay) && !scheduler.TryArriveAnew(this))
        {
            Interlocked.Exchange(ref _isOver, 1);
            return false;
        }

        await WaitAsync(cancellationToken);
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
                if (Ticket.Expected is { } expected)
                {
                    scheduler.Events.OnWaited(expected, Ticket.Waited);
                }

                return;
            }
            catch (GatewayException refusal) when (refusal.Error is GatewayError.NoHost && scheduler.TryArriveAnew(this))
            {
                // Its place is that of its arrival.
            }
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            scheduler.Do(this, static (core, now, own) => core.Leave(now, own.Ticket));
        }
    }

    private void Fail()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            End(_hasAnswered ? CallEnd.WithoutLastLine : CallEnd.FailedBeforeFirstByte);
        }
    }

    private void End(CallEnd end) => scheduler.Do((this, end), static (core, now, own) => core.End(now, own.Item1.Ticket, own.end));

    private async Task WaitAsync(TaskCompletionSource turn, CancellationToken cancellationToken)
    {
        await using var leaving = cancellationToken.UnsafeRegister(
            static (call, token) => ((QueuedCall)call!).Leave(token), this);
        await turn.Task;
    }

    /// <summary>The caller has left. If the slot was granted at the same moment, the call goes on, and ends at its next step.</summary>
    private void Leave(CancellationToken cancellationToken)
    {
        if (scheduler.LeaveQueue(this))
        {
            Interlocked.Exchange(ref _isOver, 1);
            _turn!.TrySetCanceled(cancellationToken); // Only a wait registers this.
        }
    }
}
