using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>The scheduler of one gateway: the state machine in this process, with the calls of this process.</summary>
internal sealed class LocalScheduler : IScheduler, IUpstreamQueue, IDisposable
{
    private readonly OllamaOptions _options;
    private readonly OllamaHosts _hosts;
    private readonly TimeProvider _timeProvider;
    private readonly ICallerDirectory _callers;
    private readonly SharedScheduler _shared;
    private readonly SchedulerEngine _engine;

    public LocalScheduler(
        SharedScheduler shared, SchedulerOptions limits, OllamaOptions options, OllamaHosts hosts, ICallerDirectory callers, IHostEvents events,
        TimeProvider timeProvider)
    {
        QueueTimeout = limits.QueueTimeout;
        (_shared, _engine, _options, _hosts) = (shared, shared.Engine, options, hosts);
        (_callers, Events, _timeProvider) = (callers, events, timeProvider);
        _callers.Changed += OnCallersChanged;
    }

    public KnownModels Models => _shared.Models;

    public ValueTask<ISlotLease?> AcquireAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        _hosts.NoteUse();
        var model = call.Model ?? "";
        return Models.FindKey(model) is { } key
            ? AcquireAsync(call, model, key, cancellationToken)
            : LookAsync(call, model, cancellationToken);
    }

    public IHostEvents Events { get; }

    public TimeSpan QueueTimeout { get; }

    public long Timestamp => _timeProvider.GetTimestamp();

    public bool HasWaiting => _engine.Do(0, static (core, _, _) => core.Waiting > 0);

    public void Drain(TimeSpan within) => _engine.Do((core, now) => core.Drain(now, now + within));

    public ValueTask<IReadOnlyList<QueueEntry>?> ListAsync(string keyId, CancellationToken cancellationToken) => new(_engine.List(keyId));

    public QueueEntry Describe(QueuedCall call) =>
        _engine.Do(call, static (core, now, call) => QueueEntries.ToEntry(call, core.Describe(now, call.Ticket)));

    public TimeSpan Since(long timestamp) => _timeProvider.GetElapsedTime(timestamp);

    public GatewayException NoHost(QueuedCall call) => _hosts.NoHostFor(call.Model);

    public void Do<TArgument>(TArgument argument, Action<Scheduler, TimeSpan, TArgument> act) => _engine.Do(
        (argument, act), static (core, now, own) =>
        {
            own.act(core, now, own.argument);
            return true;
        });

    /// <returns>False when no host is left for the call.</returns>
    public bool Return(QueuedCall call, bool mayStay) => _engine.Do((call, mayStay), static (core, now, own) =>
    {
        var returns = core.Return(now, own.call.Ticket, own.mayStay);
        own.call.Prepare();
        return returns;
    });

    /// <summary>
    /// No host is left for what the model's name stood for. If it stands for something else now, because the host that decided it is down, the
    /// call waits for that.
    /// </summary>
    public bool TryArriveAnew(QueuedCall call)
    {
        var before = call.Ticket;
        if (Models.FindKey(call.Model) is not { } key || key == before.Spec.Model || _hosts.Live.Count == 0)
        {
            return false;
        }

        call.NoteNewArrival();
        Arrive(call, before.Spec with { Model = key, ArrivedAt = before.ArrivedAt });
        return true;
    }

    /// <returns>False when the call does not wait any more.</returns>
    public bool LeaveQueue(QueuedCall call) => _engine.Do(call, static (core, now, own) =>
    {
        var waits = own.Ticket.State is CallState.Waiting or CallState.Held;
        if (waits)
        {
            core.Leave(now, own.Ticket);
        }

        return waits;
    });

    public void NoteLoad(QueuedCall call, GenerationTimings? timings)
    {
        if (timings is { HasLoaded: true })
        {
            _shared.NoteForeign(call.Host, call.Model, timings.Load);
        }
    }

    /// <summary>Whether a host is not in the list any more. If so, the scheduler has the new list afterwards.</summary>
    public bool IsRemoved(string host)
    {
        var isRemoved = _hosts.Find(host) is null;
        if (isRemoved)
        {
            _shared.TakeHosts();
        }

        return isRemoved;
    }

    public void Dispose() => _callers.Changed -= OnCallersChanged;

    private async ValueTask<ISlotLease?> LookAsync(UpstreamCall call, string model, CancellationToken cancellationToken) =>
        await Models.LookForKeyAsync(model, cancellationToken) is { } key ? await AcquireAsync(call, model, key, cancellationToken) : null;

    private ValueTask<ISlotLease?> AcquireAsync(UpstreamCall call, string model, string key, CancellationToken cancellationToken)
    {
        var queued = new QueuedCall(this, call, model);
        Arrive(queued, CallSpecs.Of(call, key, _options.Hosts.FindRule(model), queued));
        if (queued.IsGrantedAtOnce)
        {
            queued.NoteRoute();
            return new(queued);
        }

        call.Context.Observer?.OnQueued(queued);
        return FinishAsync(queued, cancellationToken);
    }

    private static async ValueTask<ISlotLease?> FinishAsync(QueuedCall queued, CancellationToken cancellationToken)
    {
        await queued.WaitAnywhereAsync(cancellationToken);
        queued.NoteRoute();
        return queued;
    }

    private void Arrive(QueuedCall call, CallSpec spec) => _engine.Do((call, spec), static (core, now, own) =>
    {
        own.call.Ticket = core.Arrive(now, own.spec);
        own.call.NoteArrival(now);
        own.call.Prepare();
        return true;
    });

    /// <summary>Those who wait with a key that is no longer valid wait for nothing.</summary>
    private void OnCallersChanged(object? sender, EventArgs args) => _engine.Do((core, now) =>
    {
        foreach (var call in core.Calls.Where(call => !_callers.IsInForce(((QueuedCall)call.Spec.Tag!).Call.Context.Caller)).ToArray())
        {
            core.Cancel(now, call, RefusalReason.KeyRemoved);
        }
    });
}
