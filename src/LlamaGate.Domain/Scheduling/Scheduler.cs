namespace LlamaGate.Domain.Scheduling;

/// <summary>
/// Shares the slots of hosts among principals: events in, decisions out. It is a pure state machine without input, output, threads and a
/// clock of its own; the same events at the same times always give the same decisions. After each event, take the decisions and carry them
/// out. Not thread-safe. docs/scheduling.md explains the policy.
/// </summary>
public sealed partial class Scheduler
{
    private readonly SchedulerState _state;
    private readonly HostUpdates _hosts;
    private readonly Admission _admission;
    private readonly Dispatcher _dispatcher;
    private readonly RunningCalls _running;
    private readonly LoadPlanner _loads;
    private readonly HostOrders _orders;
    private readonly SchedulerReading _reading;
    private readonly Handover _handover;

    public Scheduler(SchedulerOptions options)
    {
        _state = new SchedulerState(options);
        _hosts = new HostUpdates(_state);
        _admission = new Admission(_state, _hosts);
        _dispatcher = new Dispatcher(_state);
        _running = new RunningCalls(_state);
        _loads = new LoadPlanner(_state);
        _orders = new HostOrders(_state, _loads);
        _reading = new SchedulerReading(_state);
        _handover = new Handover(_state, _hosts, _admission);
    }

    /// <summary>When <see cref="Tick"/> must be called if nothing happens before; null = never.</summary>
    public TimeSpan? NextTick => Times.Earliest(_loads.LookAt, _state.Waiting.FirstDue?.Deadline, _running.NextChange);

    /// <summary>Calls that wait, in the order of their deadlines, and calls that run.</summary>
    public IEnumerable<CallTicket> Calls => _state.Hosts
        .SelectMany(host => host.Runners.Values).SelectMany(runner => runner.Active).Concat(_state.Waiting.All);

    /// <summary>Number of calls that wait.</summary>
    public int Waiting => _state.Waiting.Count;

    /// <summary>Whether the end of a call may make room that another one needs, now or when it arrives.</summary>
    public bool IsTight => Waiting > 0 || _state.Hosts.Exists(static host => host.IsTight);

    internal SchedulerState State => _state;

    /// <summary>The decisions since the last time, in their order.</summary>
    public IReadOnlyList<Decision> TakeDecisions() => _state.TakeDecisions();

    /// <summary>Time has passed.</summary>
    public void Tick(TimeSpan now)
    {
        Advance(now);
        Settle();
    }

    /// <summary>
    /// The hosts are these, in this order; others are forgotten. With a report of each, so that no call is refused before the first report of
    /// a new host.
    /// </summary>
    /// <param name="replaced">Names of hosts that are others than before: what was known about them is forgotten.</param>
    public void SetHosts(TimeSpan now, IReadOnlyList<HostReport> reports, IReadOnlyCollection<string> replaced)
    {
        Advance(now);
        _hosts.Keep([.. reports.Select(report => report.Name)], replaced);
        foreach (var report in reports)
        {
            _hosts.Take(report);
        }

        _admission.RefuseHopeless();
        Settle();
    }

    /// <summary>A host was probed, or its configuration has changed.</summary>
    public void Report(TimeSpan now, HostReport report)
    {
        Advance(now);
        var host = _state.FindHost(report.Name);
        var (wasLive, models) = (host?.IsLive, host?.Models);
        _hosts.Take(report);
        if ((wasLive is true && host?.IsLive is false) || models != host?.Models)
        {
            _admission.RefuseHopeless();
        }

        Settle();
    }

    /// <summary>All streams of a host have been silent for long although it answers probes, or one has moved again.</summary>
    public void SetSilent(TimeSpan now, string host, bool isSilent)
    {
        Advance(now);
        _state.FindHost(host)?.IsSilent = isSilent;
        Settle();
    }

    /// <summary>A call arrives. A decision follows, at once or later: it is granted a slot or refused.</summary>
    public CallTicket Arrive(TimeSpan now, CallSpec spec)
    {
        Advance(now);
        var call = _admission.Arrive(spec);
        Settle();
        return call;
    }

    /// <summary>The first token of a running call has come.</summary>
    public void NoteFirstToken(TimeSpan now, CallTicket call)
    {
        Advance(now);
        if (call is { State: CallState.Running, FirstTokenAt: null })
        {
            _running.NoteFirstToken(call);
        }

        Settle();
    }

    /// <summary>The number of tokens that a running call has generated so far. What goes beyond the estimate is charged as it comes.</summary>
    public void NoteTokens(TimeSpan now, CallTicket call, int tokens)
    {
        Advance(now);
        if (call.State is CallState.Running)
        {
            _running.NoteTokens(call, tokens);
        }

        Settle();
    }

    /// <summary>A running call has ended.</summary>
    public void End(TimeSpan now, CallTicket call, CallEnd end)
    {
        Advance(now);
        if (call.State is CallState.Running)
        {
            _running.Free(call, end, lingersUntil: null);
            _admission.End(call);
        }

        Settle();
    }

    /// <summary>A running call failed before its first byte. It waits again, at the head of its line.</summary>
    /// <param name="mayStay">Whether it may be sent to the same host again if there is no other.</param>
    /// <returns>False when no host is left for it: then it has ended.</returns>
    public bool Return(TimeSpan now, CallTicket call, bool mayStay)
    {
        Advance(now);
        var returns = false;
        if (call is { State: CallState.Running, Runner: { } runner })
        {
            _running.Free(call, CallEnd.FailedBeforeFirstByte, lingersUntil: null);
            _admission.End(call);
            call.Runner = null;
            (call.Barred ??= []).Add(runner.Host);
            returns = _admission.TryReturn(call);
            if (!returns && mayStay)
            {
                call.Barred.Remove(runner.Host);
                returns = _admission.TryReturn(call);
            }
        }

        Settle();
        return returns;
    }

    /// <summary>The client has left.</summary>
    public void Leave(TimeSpan now, CallTicket call)
    {
        Advance(now);
        if (call.IsWaiting)
        {
            _state.Waiting.Leave(call);
            _admission.End(call);
        }
        else if (call.State is CallState.Running)
        {
            // While the prompt is computed, Ollama looks for a cancellation only between two batches.
            TimeSpan? until = call.FirstTokenAt is null ? now + TimeSpan.FromSeconds(call.Line.Model.Figures.BatchSeconds) : null;
            _running.Free(call, CallEnd.WithoutLastLine, until);
            _admission.End(call);
        }

        Settle();
    }

    /// <summary>Ends the wait of a call for a reason of the runtime's; does nothing to a call that does not wait.</summary>
    public void Cancel(TimeSpan now, CallTicket call, RefusalReason reason)
    {
        Advance(now);
        if (call.IsWaiting)
        {
            _admission.Refuse(call, reason);
        }

        Settle();
    }

    /// <summary>A gateway shuts down: calls that will not have ended by then are refused.</summary>
    /// <param name="concerned">Whether a call is one of that gateway; null = all are.</param>
    public void Drain(TimeSpan now, TimeSpan until, Func<CallTicket, bool>? concerned = null)
    {
        Advance(now);
        foreach (var call in _state.Waiting.All.Where(call => concerned?.Invoke(call) is not false).ToArray())
        {
            if (now + _state.Eta.Find(call).Eta + TimeSpan.FromSeconds(call.Cost) > until)
            {
                _admission.Refuse(call, RefusalReason.ShuttingDown);
            }
        }

        Settle();
    }

    /// <summary>A load has ended.</summary>
    /// <param name="id">Of <see cref="StartLoad"/>.</param>
    /// <param name="succeeded">Whether the model is loaded.</param>
    /// <param name="runners">What the host has loaded after it; null when it could not be read.</param>
    /// <param name="cause">Why it failed; passed on in <see cref="Refusal.Cause"/>.</param>
    public void EndLoad(TimeSpan now, long id, bool succeeded, IReadOnlyList<ReportedRunner>? runners, object? cause = null)
    {
        Advance(now);
        if (_state.Hosts.Find(host => host.Load?.Id == id)?.Load is { } load)
        {
            if (succeeded)
            {
                _hosts.EndLoad(load, runners);
                if (load.Host.IsPinned(load.Model.Key))
                {
                    _admission.RefuseHopeless();
                }
            }
            else
            {
                load.Host.BackOff(load.Model.Key, now, cause);
                LoadPlanner.Drop(load);
                _admission.RefuseHopeless(load.Model);
            }
        }

        Settle();
    }

    /// <summary>A model was unloaded.</summary>
    /// <param name="id">Of <see cref="StartUnload"/>.</param>
    public void EndUnload(TimeSpan now, long id, string model)
    {
        Advance(now);
        _hosts.EndUnload(id, model);
        Settle();
    }

    /// <summary>The place of a call as it is now. No event: nothing is decided.</summary>
    public CallFigures Describe(TimeSpan now, CallTicket call) => _reading.Describe(now, call);

    /// <summary>Everything as it is now. No event either.</summary>
    /// <param name="maxQueued">The most calls of the queue to list.</param>
    public SchedulerSnapshot TakeSnapshot(TimeSpan now, int maxQueued) => _reading.TakeSnapshot(now, maxQueued);

    /// <summary>An operator wants something of a host.</summary>
    public OrderOutcome Order(TimeSpan now, HostOrder order)
    {
        Advance(now);
        var outcome = _orders.Begin(order);
        Settle();
        return outcome;
    }

    /// <summary>What happens by time alone.</summary>
    private void Advance(TimeSpan now)
    {
        _state.Order.AdvanceTo(now);
        now = _state.Now;
        while (_state.Waiting.FirstDue is { } due && due.Deadline <= now)
        {
            _admission.Refuse(due, RefusalReason.QueueTimeout);
        }

        _running.AdvanceTo(now);
    }

    /// <summary>Grants and plans what has become possible.</summary>
    private void Settle()
    {
        _state.Eta.NoteChange();
        if (_state.IsRecovering)
        {
            return;
        }

        do
        {
            _dispatcher.Pump();
        }
        while (_orders.Advance() | _loads.Plan());
    }
}
