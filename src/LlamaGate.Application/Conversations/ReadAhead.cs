using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Conversations;

/// <summary>
/// How far an answer of shared hosts is read ahead of its fastest reader, and for how long a reader may block it beyond that: it keeps a slot
/// for which others may wait. Used within the conversation's gate.
/// </summary>
internal sealed class ReadAhead(IUpstreamQueue queue, TimeProvider timeProvider) : IDisposable
{
    /// <summary>In bytes.</summary>
    private const long MaxAhead = 512 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private long? _blockedAt;
    private ITimer? _timer;

    /// <summary>Called outside the gate when a reader has blocked the answer for too long while others wait.</summary>
    public Action Cut { get; set; } = static () => { };

    /// <summary>Whether the answer may be read further.</summary>
    /// <param name="ahead">Bytes that have been read and that the fastest reader has not read.</param>
    public bool May(long ahead)
    {
        if (ahead < MaxAhead)
        {
            _blockedAt = null;
            return true;
        }

        if (_blockedAt is null)
        {
            _blockedAt = timeProvider.GetTimestamp();
            Schedule();
        }

        return false;
    }

    /// <summary>Whether a reader has blocked the answer for too long.</summary>
    public bool IsBlocked => _blockedAt is { } since && timeProvider.GetElapsedTime(since) >= Patience;

    public void Dispose() => _timer?.Dispose();

    private void Schedule()
    {
        _timer ??= timeProvider.CreateTimer(static ahead => ((ReadAhead)ahead!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Patience, Timeout.InfiniteTimeSpan);
    }

    private void Look()
    {
        if (queue.HasWaiting)
        {
            Cut();
        }
        else
        {
            // Others may come.
            Schedule();
        }
    }
}
