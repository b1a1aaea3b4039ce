using LlamaGate.Application.Caching;
using LlamaGate.Infrastructure.Ollama.Wire;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>
/// The digests of the models' blobs. While they are needed, the list of models is read every 20 seconds in the
/// background: a digest is at most 30 seconds old while Ollama lists its models, and the last known one while it does
/// not. When nobody has needed one for a while, the reading stops and what is known is forgotten.
/// </summary>
internal sealed partial class ModelDigests : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);

    /// <summary>While nothing is known, a failed read is not retried before this time has passed.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Func<CancellationToken, Task> _readList;
    private readonly TimeSpan _neededFor;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<ModelDigests> _logger;
    private readonly SharedTask<bool> _reading;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopped;
    private readonly Lock _gate = new();
    private bool _isPolling;
    private long _neededAt;
    private volatile Seen? _seen;

    /// <param name="readList">Reads the list of models and gives it to <see cref="Observe"/>.</param>
    /// <param name="neededFor">How long after the last <see cref="Find"/> the reading stops.</param>
    public ModelDigests(
        Func<CancellationToken, Task> readList, TimeSpan neededFor, TimeProvider timeProvider, ILogger<ModelDigests> logger)
    {
        _readList = readList;
        _neededFor = neededFor;
        _timeProvider = timeProvider;
        _logger = logger;
        _stopped = _stopping.Token;
        _reading = new SharedTask<bool>(ReadAsync, RetryAfter, timeProvider);
        _timer = timeProvider.CreateTimer(
            static state => ((ModelDigests)state!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Never waits; null while nothing is known, and for a model without a digest.</summary>
    public string? Find(string model)
    {
        Volatile.Write(ref _neededAt, _timeProvider.GetTimestamp());
        if (_seen is { } seen)
        {
            return seen.Digests.GetValueOrDefault(model);
        }

        Poll();
        _ = _reading.GetAsync(CancellationToken.None);
        return null;
    }

    /// <summary>The same, but waits for the first list.</summary>
    public ValueTask<string?> GetAsync(string model, CancellationToken cancellationToken)
    {
        var isKnown = _seen is not null;
        var digest = Find(model);
        return isKnown ? new(digest) : new(WaitAsync(model, cancellationToken));
    }

    /// <summary>Takes the digests of a list.</summary>
    /// <param name="readAt">When reading the list started.</param>
    public void Observe(OllamaTags tags, long readAt)
    {
        lock (_gate)
        {
            // Without polling they would become stale unnoticed.
            if (_isPolling && (_seen is null || _seen.ReadAt <= readAt))
            {
                _seen = new Seen(ModelNames.Index(DigestsOf(tags)), readAt);
            }
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
    }

    private static IEnumerable<(string Name, string Digest)> DigestsOf(OllamaTags tags)
    {
        foreach (var tag in tags.Models ?? [])
        {
            if (tag is { Name: { } name, Digest: { Length: > 0 } digest, RemoteHost: null or "" })
            {
                yield return (name, digest);
            }
        }
    }

    private void Poll()
    {
        lock (_gate)
        {
            if (!_isPolling)
            {
                _isPolling = true;
                _timer.Change(Period, Period);
            }
        }
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (_timeProvider.GetElapsedTime(Volatile.Read(ref _neededAt)) > _neededFor)
            {
                _isPolling = false;
                _seen = null;
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        _ = _reading.GetAsync(CancellationToken.None);
    }

    private async Task<string?> WaitAsync(string model, CancellationToken cancellationToken)
    {
        await _reading.GetAsync(cancellationToken);
        return _seen?.Digests.GetValueOrDefault(model);
    }

    private async Task<bool> ReadAsync()
    {
        using var limit = new CancellationTokenSource(OwnCalls.Limit, _timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopped);
        try
        {
            await _readList(ending.Token);
            return true;
        }
        catch (Exception exception)
        {
            // Whatever it is: what is known stays, and the next reading comes soon.
            if (!_stopped.IsCancellationRequested)
            {
                LogUnread(exception);
            }

            return false;
        }
    }

    [LoggerMessage(EventId = 2002, EventName = "DigestsUnread", Level = LogLevel.Debug,
        Message = "The models' digests could not be read from Ollama; the last known ones are used")]
    private partial void LogUnread(Exception exception);

    private sealed record Seen(IReadOnlyDictionary<string, string> Digests, long ReadAt);
}
