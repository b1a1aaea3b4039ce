using LlamaGate.Application.Dialects;

namespace LlamaGate.Api.Streaming;

/// <summary>
/// Sends the dialect's keep-alive whenever a stream has been silent for the interval. The stream's own writes and the keep-alives
/// exclude each other: the stream holds the lock except while it waits for the upstream.
/// </summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    private readonly SseWriter _output;
    private readonly IStreamWriter _events;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _turn = new(0, 1);
    private readonly ITimer? _timer;
    private long _lastWrite;

    /// <param name="interval">Zero: none.</param>
    public Heartbeat(SseWriter output, IStreamWriter events, TimeSpan interval, TimeProvider timeProvider)
    {
        _output = output;
        _events = events;
        _interval = interval;
        _timeProvider = timeProvider;
        _lastWrite = timeProvider.GetTimestamp();
        if (interval > TimeSpan.Zero)
        {
            _timer = timeProvider.CreateTimer(
                static state => _ = ((Heartbeat)state!).BeatAsync(), this, interval, Timeout.InfiniteTimeSpan);
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
            Schedule(_interval);
            return;
        }

        try
        {
            // Set once per silence, not at every write, which would cost a timer change per token.
            var silence = _timeProvider.GetElapsedTime(_lastWrite);
            if (silence < _interval)
            {
                Schedule(_interval - silence);
                return;
            }

            _events.WriteKeepAlive(_output);
            await _output.FlushAsync();
            _lastWrite = _timeProvider.GetTimestamp();
            Schedule(_interval);
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Schedule(TimeSpan after) => _timer!.Change(after, Timeout.InfiniteTimeSpan);
}
