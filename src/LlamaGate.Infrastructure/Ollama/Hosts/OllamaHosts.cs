using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Models;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>
/// The hosts that the gateway shares among callers, as the list names them now. A host that stays in the list keeps its connections and
/// its state; one that leaves it finishes its calls.
/// </summary>
internal sealed class OllamaHosts : IDisposable
{
    /// <summary>After this time without a call the probes come less often.</summary>
    private static readonly TimeSpan BusyFor = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan MinRetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>No probe ends a drain, and nobody knows when an administrator will.</summary>
    private static readonly TimeSpan WhileDrained = TimeSpan.FromSeconds(30);

    private readonly OllamaOptions _options;
    private readonly Func<OllamaHostOptions, HttpMessageInvoker> _connect;
    private readonly TimeProvider _timeProvider;
    private readonly HostLog _log;
    private readonly DigestConflicts _conflicts;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _drained = new(StringComparer.OrdinalIgnoreCase);
    private volatile IReadOnlyList<ProbedHost> _hosts = [];
    private bool _isStarted;
    private bool _isDisposed;
    private long _askedAt;
    private long _version;

    /// <param name="connect">Makes the connection pool of a host.</param>
    public OllamaHosts(
        OllamaOptions options, Func<OllamaHostOptions, HttpMessageInvoker> connect, TimeProvider timeProvider, HostLog log)
    {
        _options = options;
        _connect = connect;
        _timeProvider = timeProvider;
        _log = log;
        _conflicts = new DigestConflicts(log);
        _askedAt = timeProvider.GetTimestamp();
        options.Hosts.Replaced += OnReplaced;
        Apply(options.Hosts.Current);
    }

    /// <summary>Raised after each probe of a host, and when it has gone down.</summary>
    public event EventHandler<ObservedHost>? Observed;

    /// <summary>Raised when the list or the options of a host have changed.</summary>
    public event EventHandler? Replaced;

    /// <summary>In the order of the list; at least one.</summary>
    public IReadOnlyList<ProbedHost> All => _hosts;

    /// <summary>
    /// Odd for the moment in which the list and the options of its hosts change, after which <see cref="Replaced"/> is raised. Hosts that were
    /// read while it was the same even number belong together.
    /// </summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Those that get calls, in the order of the list.</summary>
    public IReadOnlyList<ProbedHost> Live => [.. _hosts.Where(probed => probed.Host.State is HostState.Up)];

    /// <summary>Whether all calls of the gateways pass here. Default true; false where several gateways share the hosts.</summary>
    public bool SeesAllCalls { get; set => Volatile.Write(ref field, value); } = true;

    /// <summary>Begins to probe.</summary>
    public void Start()
    {
        lock (_gate)
        {
            _isStarted = true;
            foreach (var probed in _hosts)
            {
                probed.Probe.Begin();
            }
        }
    }

    public ProbedHost? Find(string name) =>
        _hosts.FirstOrDefault(probed => probed.Host.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>An administrator lets a host drain, or ends that. A host that takes the name over drains too.</summary>
    public void SetDrained(ProbedHost probed, bool isDrained)
    {
        lock (_gate)
        {
            _ = isDrained ? _drained.Add(probed.Host.Name) : _drained.Remove(probed.Host.Name);
            probed.Host.IsDrained = isDrained;
        }

        Check();
        Observed?.Invoke(this, new ObservedHost(probed.Host));
    }

    /// <summary>
    /// What a name stands for: what the first host in the list that is up has under it. If none is up, what is known of the others.
    /// </summary>
    /// <param name="name">In any spelling.</param>
    public HostModel? FindModel(string name)
    {
        HostModel? lastKnown = null;
        foreach (var probed in _hosts)
        {
            if (probed.Host.Models?.Find(name) is { } found)
            {
                if (probed.Host.State is HostState.Up)
                {
                    return found;
                }

                lastKnown ??= found;
            }
        }

        return lastKnown;
    }

    /// <summary>Somebody uses the gateway.</summary>
    public void NoteUse()
    {
        var wasBusy = IsBusy();
        Volatile.Write(ref _askedAt, _timeProvider.GetTimestamp());
        if (!wasBusy)
        {
            // What is known may be as old as the idle period.
            foreach (var probed in _hosts.Where(probed => probed.Host.Health.IsUp))
            {
                probed.Probe.Begin();
            }
        }
    }

    /// <summary>Waits until each host has been probed once; not for long.</summary>
    public Task WhenProbedAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_hosts.Select(probed => probed.Probe.First)).WaitAsync(cancellationToken);

    /// <summary>The error when no host can take a call.</summary>
    /// <param name="reason">Which hosts are meant.</param>
    public GatewayException NoHost(string reason)
    {
        var next = _hosts.Where(probed => !probed.Host.IsDraining).Select(probed => probed.Probe.DueIn).DefaultIfEmpty(WhileDrained).Min();
        return new GatewayException(GatewayError.NoHost, reason)
        {
            RetryAfter = next > MinRetryAfter ? next : MinRetryAfter,
            LogDetail = reason,
        };
    }

    /// <summary>The same when none is up.</summary>
    public GatewayException NoHost() =>
        NoHost($"No Ollama host is up: {string.Join(", ", _hosts.Select(probed => $"{probed.Host.Name} is {probed.Host.State.ToWord()}"))}.");

    /// <summary>The same for a call of a model, with the hosts that have it.</summary>
    public GatewayException NoHostFor(string? model)
    {
        if (Live.Count == 0 || model is null)
        {
            return NoHost();
        }

        var name = ModelSpellings.Of(model)[0];
        var having = _hosts.Where(probed => probed.Host.Models?.Find(name) is not null).Select(probed => probed.Host.Name).ToArray();
        return having.Length > 0
            ? NoHost($"No Ollama host that has the model '{model}' is up: {string.Join(", ", having)}.")
            : MayBeElsewhere(model) ?? new GatewayException(GatewayError.ModelNotFound, $"No Ollama host has the model '{model}'.")
            {
                Field = RequestField.Model,
            };
    }

    /// <summary>
    /// The error in place of "not found" while the models of a host are not known: it has not been up since the gateway started. Null when
    /// the models of all hosts are known.
    /// </summary>
    public GatewayException? MayBeElsewhere(string? model)
    {
        var unknown = _hosts.Where(probed => probed.Host.Models is null).Select(probed => probed.Host.Name).ToArray();
        return unknown.Length == 0 || Live.Count == 0
            ? null
            : NoHost($"No Ollama host that is up has the model '{model}', and it is not known whether {string.Join(" or ", unknown)} has it.");
    }

    public void Dispose()
    {
        _options.Hosts.Replaced -= OnReplaced;
        lock (_gate)
        {
            _isDisposed = true;
            foreach (var probed in _hosts)
            {
                probed.Probe.Dispose();
                probed.Host.Dispose();
            }
        }
    }

    private bool IsBusy() => _timeProvider.GetElapsedTime(Volatile.Read(ref _askedAt)) < BusyFor;

    private void OnReplaced(object? sender, EventArgs args) => Apply(_options.Hosts.Current);

    private void Apply(IReadOnlyList<OllamaHostOptions> list)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            var before = _hosts;
            Change(list);
            foreach (var added in _isStarted ? _hosts.Except(before) : [])
            {
                added.Probe.Begin();
            }

            foreach (var removed in before.Except(_hosts))
            {
                removed.Probe.Dispose();
                removed.Host.Retire();
                _log.Forget(removed.Host);
            }
        }

        Check();
        Replaced?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Within the gate. It calls nobody who may wait for the scheduler, which waits for the end of this.</summary>
    private void Change(IReadOnlyList<OllamaHostOptions> list)
    {
        Interlocked.Increment(ref _version);
        try
        {
            _drained.IntersectWith(list.Select(options => options.Name));
            _hosts = [.. list.Select(options => Keep(_hosts, options) ?? Add(options))];
        }
        finally
        {
            Interlocked.Increment(ref _version);
        }
    }

    private ProbedHost? Keep(IReadOnlyList<ProbedHost> before, OllamaHostOptions options)
    {
        var kept = before.FirstOrDefault(probed => probed.Host.Server.Options.IsSameHost(options));
        if (kept is null)
        {
            return null;
        }

        var wasDraining = kept.Host.Server.Options.IsDraining;
        kept.Host.Server.Options = options;
        if (options.IsDraining && !wasDraining)
        {
            _log.Draining(kept.Host);
        }
        else if (wasDraining && !options.IsDraining)
        {
            _log.Resumed(kept.Host);
        }

        return kept;
    }

    private ProbedHost Add(OllamaHostOptions options)
    {
        var host = new SharedHost(options, _connect(options), _options, _timeProvider) { IsDrained = _drained.Contains(options.Name) };
        var added = new ProbedHost(host, new HostProbe(
            host, IsBusy, () => SeesAllCalls, Check, () => Observed?.Invoke(this, new ObservedHost(host)), _timeProvider, _log));
        if (options.IsDraining)
        {
            _log.Draining(host);
        }

        return added;
    }

    private void Check() => _conflicts.Check([.. _hosts.Select(probed => probed.Host)]);
}

/// <summary>A host and what watches it.</summary>
internal sealed record ProbedHost(SharedHost Host, HostProbe Probe);

internal sealed class ObservedHost(SharedHost host) : EventArgs
{
    public SharedHost Host => host;
}
