using System.Runtime.CompilerServices;
using LlamaGate.Application.Admin.Contracts;
using LlamaGate.Application.Caching;

namespace LlamaGate.Application.Admin;

/// <summary>The status for one listener: at once, then when it has changed, at most once a second and at least every five.</summary>
public sealed class StatusFeed : IDisposable
{
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(5);

    private readonly string _keyId;
    private readonly SharedTask<StatusFrame> _frames;
    private readonly TimeProvider _timeProvider;
    private readonly Action _leave;
    private int _isOver;

    internal StatusFeed(string keyId, SharedTask<StatusFrame> frames, TimeProvider timeProvider, Action leave) =>
        (_keyId, _frames, _timeProvider, _leave) = (keyId, frames, timeProvider, leave);

    /// <summary>Ends when it is cancelled, and within a period when the listener may no longer read.</summary>
    /// <param name="mayRead">Asked before each status, and once a period.</param>
    public async IAsyncEnumerable<AdminStatus> ReadAsync(Func<bool> mayRead, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StatusFrame? last = null;
        var sentAt = 0L;
        while (true)
        {
            var frame = await _frames.GetAsync(cancellationToken);
            if (!mayRead())
            {
                yield break;
            }

            if (last is null || _timeProvider.GetElapsedTime(sentAt) >= MaxSilence || !frame.Text.AsSpan().SequenceEqual(last.Text))
            {
                (last, sentAt) = (frame, _timeProvider.GetTimestamp());
                yield return frame.Status with { Key = _keyId };
            }

            await Task.Delay(Period, _timeProvider, cancellationToken);
        }
    }

    /// <summary>The listener has left.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            _leave();
        }
    }
}
