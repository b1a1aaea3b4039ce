using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Caching;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Health;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>
/// Asks a host at intervals whether it is there and which models it has and has loaded. Everything that it learns goes into the
/// <see cref="SharedHost"/>; changes of state are logged once.
/// </summary>
internal sealed class HostProbe : IDisposable
{
    /// <summary>Between two probes while the gateway is in use.</summary>
    private static readonly TimeSpan BusyPeriod = TimeSpan.FromSeconds(2);

    /// <summary>Between two probes while nobody uses the gateway.</summary>
    private static readonly TimeSpan IdlePeriod = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan TagsPeriod = TimeSpan.FromSeconds(30);

    private readonly SharedHost _host;
    private readonly Func<bool> _isBusy;
    private readonly Func<bool> _seesAllCalls;
    private readonly Action _changed;
    private readonly Action _observed;
    private readonly TimeProvider _timeProvider;
    private readonly HostLog _log;
    private readonly SharedTask<bool> _probing;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopped;
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _wantsTags = true;
    private long _endedAt;
    private long _dueAt;

    /// <param name="host">The host to ask.</param>
    /// <param name="isBusy">Whether the gateway is in use.</param>
    /// <param name="seesAllCalls">Whether any other use of the host is foreign.</param>
    /// <param name="changed">Called when the host's models or its state may have changed.</param>
    /// <param name="observed">Called after each probe, and when the host has gone down.</param>
    public HostProbe(
        SharedHost host, Func<bool> isBusy, Func<bool> seesAllCalls, Action changed, Action observed, TimeProvider timeProvider, HostLog log)
    {
        _host = host;
        _isBusy = isBusy;
        _seesAllCalls = seesAllCalls;
        _changed = changed;
        _observed = observed;
        _timeProvider = timeProvider;
        _log = log;
        _stopped = _stopping.Token;
        _probing = new SharedTask<bool>(ProbeAsync, validity: TimeSpan.Zero, timeProvider);
        _timer = timeProvider.CreateTimer(
            static state => ((HostProbe)state!).Begin(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes after the first probe, whatever its result.</summary>
    public Task First => _first.Task;

    /// <summary>Since the last probe ended.</summary>
    public TimeSpan Age => First.IsCompleted ? _timeProvider.GetElapsedTime(Volatile.Read(ref _endedAt)) : TimeSpan.MaxValue;

    /// <summary>Until the next probe.</summary>
    public TimeSpan DueIn => TimeSpan.FromSeconds(
        (double)(Volatile.Read(ref _dueAt) - _timeProvider.GetTimestamp()) / _timeProvider.TimestampFrequency);

    /// <summary>Begins a probe; others follow at intervals.</summary>
    public void Begin() => _ = _probing.GetAsync(CancellationToken.None);

    /// <summary>Probes now, or waits for the probe that runs. Never throws because of the host, and takes ten seconds at most.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _probing.GetAsync(cancellationToken);

    /// <summary>The list of models is read with the next probe.</summary>
    public void RequestTags() => _wantsTags = true;

    /// <summary>Reads what the host has loaded, now. Throws what a call throws.</summary>
    public async Task<HostRunners> ListRunnersAsync(CancellationToken cancellationToken)
    {
        var requestedAt = _timeProvider.GetTimestamp();
        var call = new UpstreamCall(UpstreamEndpoint.RunningModels, OwnCalls.Context);
        using var answer = await _host.Calls.StartAsync(call, cancellationToken);
        var running = await answer.ReadAsync(OllamaJsonContext.Instance.OllamaRunningModels, cancellationToken);
        return new HostRunners(running, requestedAt, HostClock.Now(answer.Date, _timeProvider.GetUtcNow()));
    }

    /// <summary>A call failed before its answer began.</summary>
    public void NoteFailure(GatewayException failure)
    {
        if (OllamaErrors.IsRefused(failure))
        {
            var fault = HostFault.Of(failure);
            if (_host.Health.NoteRefused(fault.Text))
            {
                GoDown(fault);
                _observed();
                Schedule();
            }
        }
        else if (failure.Error is GatewayError.UpstreamUnreachable && _host.Health.IsUp)
        {
            // The connection broke: if the host has died, the probe finds it out before others wait for it.
            Begin();
        }
        else if (failure.Error is GatewayError.ModelNotFound)
        {
            RequestTags();
        }
    }

    public void Dispose()
    {
        if (!_stopped.IsCancellationRequested)
        {
            _stopping.Cancel();
            _stopping.Dispose();
        }

        _timer.Dispose();
        _first.TrySetResult();
    }

    private async Task<bool> ProbeAsync()
    {
        if (!_host.TryEnter())
        {
            return false;
        }

        var wasUp = _host.Health.IsUp;
        try
        {
            var isNew = _host.Models is null;
            if (await TryAsync(ReadRunnersAsync) is { } fault)
            {
                NoteBad(fault, wasUp);
            }
            else if (isNew && await TryReadModelsAsync() is { } unread)
            {
                // Nothing can be scheduled on a host whose models were never known.
                NoteBad(unread.OfModels(), wasUp);
            }
            else
            {
                await NoteGoodAsync(hasReadModels: isNew);
            }
        }
        finally
        {
            _host.Leave();
            Volatile.Write(ref _endedAt, _timeProvider.GetTimestamp());
            _observed();
            _first.TrySetResult();
            Schedule();
        }

        return true;
    }

    private async Task NoteGoodAsync(bool hasReadModels)
    {
        var cameUp = _host.Health.NoteGood();
        var isDue = _host.Models is not { } models || _timeProvider.GetElapsedTime(models.ReadAt) >= TagsPeriod;
        if (cameUp || isDue || hasReadModels || _wantsTags)
        {
            if (!hasReadModels)
            {
                // A failure changes nothing: what is known stays, and the next probe reads them again.
                await TryReadModelsAsync();
            }

            await TryAsync(ReadVersionAsync);
            _changed();
        }

        if (cameUp)
        {
            _log.Up(_host);
        }
    }

    private void NoteBad(HostFault fault, bool beganWhileUp)
    {
        if (!_stopped.IsCancellationRequested && _host.Health.NoteBad(fault.Text, beganWhileUp))
        {
            GoDown(fault);
        }
    }

    private void GoDown(HostFault fault)
    {
        // When it is back, others may have been loaded.
        _host.Runners = null;
        _log.Down(_host, fault.Detail);
        _changed();
    }

    private async Task ReadRunnersAsync(CancellationToken cancellationToken)
    {
        var runners = await ListRunnersAsync(cancellationToken);
        var used = _host.Load.TakeUsed();
        if (_seesAllCalls() && _host.Runners is { } before && used is not null && ForeignCalls.Find(before, runners, used, _host.Models) is { } model)
        {
            _host.Foreign = new ForeignUse(model, _timeProvider.GetUtcNow());
            _log.Foreign(_host, model);
        }

        _host.Runners = runners;
    }

    /// <returns>What went wrong; null when nothing did.</returns>
    private async Task<HostFault?> TryReadModelsAsync()
    {
        _wantsTags = false;
        var fault = await TryAsync(ReadModelsAsync);
        _wantsTags |= fault is not null;
        return fault;
    }

    private async Task ReadModelsAsync(CancellationToken cancellationToken)
    {
        var readAt = _timeProvider.GetTimestamp();
        var call = new UpstreamCall(UpstreamEndpoint.Tags, OwnCalls.Context);
        var tags = await _host.Calls.ReadAsync(call, OllamaJsonContext.Instance.OllamaTags, cancellationToken);
        _host.Models = new HostModels(tags, readAt);
    }

    private async Task ReadVersionAsync(CancellationToken cancellationToken)
    {
        var call = new UpstreamCall(UpstreamEndpoint.Version, OwnCalls.Context);
        _host.Version = (await _host.Calls.ReadAsync(call, OllamaJsonContext.Instance.OllamaVersion, cancellationToken)).Version;
    }

    /// <returns>What went wrong; null when nothing did.</returns>
    private async Task<HostFault?> TryAsync(Func<CancellationToken, Task> read)
    {
        using var limit = new CancellationTokenSource(OwnCalls.Limit, _timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopped);
        try
        {
            await read(ending.Token);
            return null;
        }
        catch (Exception exception)
        {
            // Whatever it is: a probe must not end the probing.
            return HostFault.Of(exception);
        }
    }

    private void Schedule()
    {
        var after = !_host.Health.IsUp ? _host.Health.RetryAfter : _isBusy() ? BusyPeriod : IdlePeriod;
        Volatile.Write(ref _dueAt, _timeProvider.GetTimestamp() + (long)(after.TotalSeconds * _timeProvider.TimestampFrequency));
        try
        {
            _timer.Change(after, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The host was removed.
        }
    }
}
