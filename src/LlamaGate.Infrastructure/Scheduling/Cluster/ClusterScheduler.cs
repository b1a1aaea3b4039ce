using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>
/// The scheduler of one gateway among several: it keeps the gateway's calls and lets the scheduler of the cluster decide about them. While
/// that one is away, calls wait.
/// </summary>
internal sealed class ClusterScheduler : IScheduler, IClusterLinkUser, IDisposable
{
    private static readonly TimeSpan MinRetryAfter = TimeSpan.FromSeconds(1);

    private readonly ClusterLink _link;
    private readonly SchedulerOptions _limits;
    private readonly OllamaOptions _options;
    private readonly OllamaHosts _hosts;
    private readonly ICallerDirectory _callers;
    private readonly TimeProvider _timeProvider;
    private readonly ClusterWatch _watch;
    private readonly long _started;
    private readonly Dictionary<long, ClusterCall> _calls = [];
    private readonly KnownCounters _counters = new();
    private readonly HostComparison _comparison;
    private LearnedMessage[] _learned = [];
    private bool _othersWait;
    private bool _isTight = true;
    private bool _isDraining;
    private long _ids;

    public ClusterScheduler(
        ClusterLink link, SchedulerOptions limits, OllamaOptions options, OllamaHosts hosts, SharedBlobs blobs, ICallerDirectory callers,
        IHostEvents events, HostComparison comparison, TimeProvider timeProvider)
    {
        (_link, _limits, _options, _hosts, _callers, Events, _timeProvider) = (link, limits, options, hosts, callers, events, timeProvider);
        _comparison = comparison;
        Models = new KnownModels(hosts, blobs, timeProvider);
        _started = timeProvider.GetTimestamp();
        _watch = new ClusterWatch(this, limits.QueueTimeout, options.Timeout, timeProvider);
        _callers.Changed += OnCallersChanged;
    }

    public KnownModels Models { get; }

    public Lock Gate => _link.Gate;

    public IHostEvents Events { get; }

    public TimeSpan Now => _timeProvider.GetElapsedTime(_started);

    public long Timestamp => _timeProvider.GetTimestamp();

    public TimeSpan Since(long timestamp) => _timeProvider.GetElapsedTime(timestamp);

    public bool HasWaiting
    {
        get
        {
            lock (Gate)
            {
                return _othersWait || _calls.Values.Any(static call => call.IsWaiting);
            }
        }
    }

    /// <summary>Begins to take part.</summary>
    public void Start() => _link.Start(this);

    public ValueTask<ISlotLease?> AcquireAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        _hosts.NoteUse();
        var model = call.Model ?? "";
        return Models.FindKey(model) is { } key
            ? AcquireAsync(call, model, key, cancellationToken)
            : LookAsync(call, model, cancellationToken);
    }

    public void Drain(TimeSpan within)
    {
        lock (Gate)
        {
            _isDraining = true;
        }

        Post(new ReplicaEvent { Kind = ReplicaEventKind.Drain, Within = within }, isUrgent: true);
    }

    public void Post(ReplicaEvent happened, bool isUrgent)
    {
        lock (Gate)
        {
            _link.Post(happened);
        }

        if (isUrgent)
        {
            _link.Push();
        }
        else
        {
            _link.PushLater();
        }
    }

    /// <summary>The calls of a key at this gateway.</summary>
    public IReadOnlyList<QueueEntry> List(string keyId)
    {
        lock (Gate)
        {
            return [.. _calls.Values.Where(call => call.Spec.Principal.KeyId == keyId).Select(call => call.Describe())
                .OrderBy(entry => entry.State is QueueState.Running ? 0 : entry.Position)];
        }
    }

    /// <summary>The call neither waits nor runs any more.</summary>
    /// <param name="happened">What the scheduler of the cluster must know of that; null when it knows.</param>
    public void Forget(ClusterCall call, ReplicaEvent? happened)
    {
        lock (Gate)
        {
            if (!_calls.Remove(call.Id) || happened is null)
            {
                return;
            }

            _link.Post(happened);
            if (!_isTight && !_isDraining)
            {
                _link.PushLater();
                return;
            }
        }

        _link.Push();
    }

    /// <summary>As <see cref="LocalScheduler.TryArriveAnew"/>.</summary>
    public bool TryArriveAnew(ClusterCall call)
    {
        if (Models.FindKey(call.Model) is not { } key || key == call.Spec.Model || _hosts.Live.Count == 0)
        {
            return false;
        }

        lock (Gate)
        {
            _calls.Remove(call.Id);
            call.ArriveAnew(++_ids, call.Spec with { Model = key });
            _calls[call.Id] = call;
            _link.Post(call.Announce());
        }

        _link.Push();
        return true;
    }

    public bool IsRemoved(string host) => _hosts.Find(host) is null;

    public GatewayException ToException(ClusterCall call, ReplicaDecision decision) => Refusals.ToException(
        call.Spec.Principal.MaxWaiting,
        call.IsTaken ? _limits.QueueTimeout : null,
        new Refusal(decision.Reason, decision.RetryAfter) { Wait = decision.Wait, Cause = decision.Cause?.ToException() },
        () => _hosts.NoHostFor(call.Model));

    /// <summary>Ends the wait of calls for a reason of this gateway's.</summary>
    public void RefuseWaiting(Func<ClusterCall, bool> concerned, RefusalReason reason)
    {
        lock (Gate)
        {
            foreach (var call in _calls.Values.Where(call => call.IsWaiting && concerned(call)).ToArray())
            {
                call.Refuse(Refusals.ToException(
                    call.Spec.Principal.MaxWaiting, _limits.QueueTimeout, new Refusal(reason, MinRetryAfter), _hosts.NoHost));
                _calls.Remove(call.Id);
                _link.Post(new ReplicaEvent { Kind = ReplicaEventKind.Leave, Call = call.Id });
            }
        }

        _link.Push();
    }

    /// <summary>Reports the calls that have fallen silent, and those that move again.</summary>
    /// <param name="limit">The time after which a call is silent.</param>
    public void ReportSilence(TimeSpan limit)
    {
        lock (Gate)
        {
            foreach (var call in _calls.Values)
            {
                if (call.HasTurnedSilent(limit, out var isSilent))
                {
                    _link.Post(new ReplicaEvent { Kind = ReplicaEventKind.Silent, Call = call.Id, Flag = isSilent });
                }
            }
        }

        _link.Push();
    }

    public void Dispose()
    {
        _callers.Changed -= OnCallersChanged;
        _watch.Dispose();
        _link.Dispose();
    }

    IEnumerable<ReplicaEvent> IClusterLinkUser.Announce() =>
    [
        .. _counters.Announce(),
        .. _learned.Select(learned => new ReplicaEvent { Kind = ReplicaEventKind.Learned, Learned = learned }),
        .. _calls.Values.OrderBy(call => call.IsWaiting).ThenBy(call => call.Id).Select(call => call.Announce()),
        new ReplicaEvent { Kind = ReplicaEventKind.Announced },
    ];

    void IClusterLinkUser.CarryOut(ReplicaDecision decision)
    {
        if (_calls.TryGetValue(decision.Call, out var call))
        {
            if (decision.Kind is ReplicaDecisionKind.Granted)
            {
                _counters.Note(call.Spec.Principal, decision.Counter, decision.VirtualTime);
            }

            call.CarryOut(decision);
        }
    }

    void IClusterLinkUser.NoteRoom(bool isTight)
    {
        if (isTight && !_isTight)
        {
            // Calls that have ended already.
            _link.Hurry();
        }

        _isTight = isTight;
    }

    void IClusterLinkUser.Take(SessionNews news)
    {
        _othersWait = news.HasWaiting;
        _learned = news.Learned ?? _learned;
        _comparison.Note([.. _hosts.All.Select(probed => HostComparison.Describe(probed.Host.Server.Options))], news.Hosts);
        foreach (var place in news.Places)
        {
            _calls.GetValueOrDefault(place.Call)?.NotePlace(place);
        }

        foreach (var probed in _hosts.All)
        {
            var isDrained = news.Drained.Contains(probed.Host.Name, StringComparer.OrdinalIgnoreCase);
            if (probed.Host.IsDrained != isDrained)
            {
                _hosts.SetDrained(probed, isDrained);
            }
        }
    }

    private async ValueTask<ISlotLease?> LookAsync(UpstreamCall call, string model, CancellationToken cancellationToken) =>
        await Models.LookForKeyAsync(model, cancellationToken) is { } key ? await AcquireAsync(call, model, key, cancellationToken) : null;

    private async ValueTask<ISlotLease?> AcquireAsync(UpstreamCall call, string model, string key, CancellationToken cancellationToken)
    {
        var acquired = Arrive(call, model, key);
        _link.Push();
        call.Context.Observer?.OnQueued(acquired);
        await acquired.WaitAnywhereAsync(cancellationToken);
        return acquired;
    }

    private ClusterCall Arrive(UpstreamCall call, string model, string key)
    {
        lock (Gate)
        {
            var arrival = call.Demand?.Arrival;
            var arrived = new ClusterCall(this, call, model, CallSpecs.Of(call, key, ModelRule.None, this), arrival?.At ?? Now) { Id = ++_ids };
            arrival?.At ??= arrived.ArrivedAt;
            if (_calls.Count >= _limits.QueueMax && _calls.Values.Count(static one => one.IsWaiting) >= _limits.QueueMax)
            {
                throw Refusals.ToException(
                    call.Context.Principal.MaxWaiting, queueTimeout: null, new Refusal(RefusalReason.QueueFull, MinRetryAfter), _hosts.NoHost);
            }

            _calls[arrived.Id] = arrived;
            _link.Post(arrived.Announce());
            return arrived;
        }
    }

    /// <summary>Those who wait with a key that is no longer valid wait for nothing.</summary>
    private void OnCallersChanged(object? sender, EventArgs args) =>
        RefuseWaiting(call => !_callers.IsInForce(call.Call.Context.Caller), RefusalReason.KeyRemoved);
}
