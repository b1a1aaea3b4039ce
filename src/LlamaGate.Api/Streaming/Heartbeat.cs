using LlamaGate.Application.Dialects;

namespace LlamaGate.Api.Streaming;

/// <summary>
/// Sends the dialect's keep-alive whenever a stream has been silent for the interval, and the queue notices when they are due. The
/// stream's own writes and these exclude each other: the stream holds the lock except while it waits for the upstream.
/// </summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    private readonly SseWriter _output;
    private readonly IStreamWriter _events;
    private readonly TimeSpan _interval;
    private readonly QueueNotices? _notices;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _turn = new(0, 1);
    private readonly ITimer? _timer;
    private long _lastWrite;

    /// <param name="interval">Of the keep-alives; zero: none.</param>
    /// <param name="notices">Null: none.</param>
    public Heartbeat(SseWriter output, IStreamWriter events, TimeSpan interval, QueueNotices? notices, TimeProvider timeProvider)
    {
        _output = output;
        _events = events;
        _interval = interval;
        _notices = notices;
        _timeProvider = timeProvider;
        _lastWrite = timeProvider.GetTimestamp();
        if (DueAfter(TimeSpan.Zero) is { } due)
        {
            // Set only when it is kept: it is set again by its own beat.
            _timer = timeProvider.CreateTimer(
                static state => _ = ((Heartbeat)state!).BeatAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The stream has written everything and waits.</summary>
    /// <param name="hasWritten">False when the update produced no event, as with omitted thoughts.</param>
    public void Yield(bool hasWritten)
    {
        if (hasWritten)
        {
            _lastWrite = _timeProvider.GetTimestamp();
        }

        _turn.Release();
    }

    /// <summary>The stream has something to write again.</summary>
    public Task ResumeAsync() => _turn.WaitAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }
    }

    private async Task BeatAsync()
    {
        if (!await _turn.WaitAsync(TimeSpan.Zero, CancellationToken.None))
        {
            // The stream is writing, so it is not silent.
            Schedule(_interval > TimeSpan.Zero ? _interval : _notices?.Interval);
            return;
        }

        try
        {
            var silence = _timeProvider.GetElapsedTime(_lastWrite);
            if (TryWrite(silence))
            {
                await _output.FlushAsync();
                _lastWrite = _timeProvider.GetTimestamp();
                silence = TimeSpan.Zero;
            }

            // Set once per silence, not at every write, which would cost a timer change per token.
            Schedule(DueAfter(silence));
        }
        finally
        {
            _turn.Release();
        }
    }

    private bool TryWrite(TimeSpan silence)
    {
        if (_notices?.TakeDue() is { } notice)
        {
            _events.WriteQueueNotice(_output, notice);
            return true;
        }

        if (_interval <= TimeSpan.Zero || silence < _interval)
        {
            return false;
        }

        _events.WriteKeepAlive(_output);
        return true;
    }

    /// <summary>Until the next keep-alive or notice; null when there will be none.</summary>
    private TimeSpan? DueAfter(TimeSpan silence)
    {
        var notice = _notices?.DueIn;
        if (_interval <= TimeSpan.Zero)
        {
            return notice;
        }

        var keepAlive = _interval - silence;
        return notice < keepAlive ? notice : keepAlive;
    }

    private void Schedule(TimeSpan? after) => _timer!.Change(after ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
