namespace LlamaGate.Api.Streaming;

/// <summary>
/// Waits for a stream's first event before headers are written, so that an early failure keeps its status. Ollama sends nothing
/// while it loads a model; after the keep-alive interval the wait ends and the headers are sent. In the queue of shared hosts it ends with
/// the first queue notice, which may come earlier.
/// </summary>
internal static class StreamPriming
{
    /// <param name="keepAlive">Zero: no limit.</param>
    /// <param name="notices">Null: no notices.</param>
    /// <returns>The first move, which may not have ended; it has not failed.</returns>
    public static async ValueTask<Task<bool>> WaitAsync(
        ValueTask<bool> first, TimeSpan keepAlive, QueueNotices? notices, TimeProvider timeProvider)
    {
        var moving = first.AsTask();
        var left = keepAlive > TimeSpan.Zero ? keepAlive : Timeout.InfiniteTimeSpan;
        if (notices is not null)
        {
            left = await WaitForNoticeAsync(moving, left, notices, timeProvider);
        }

        if (left > TimeSpan.Zero)
        {
            await WaitAtMostAsync(moving, left, timeProvider);
        }

        if (left == Timeout.InfiniteTimeSpan || moving.IsCompleted)
        {
            await moving;
        }

        return moving;
    }

    /// <summary>Looks at the queue once in each interval.</summary>
    /// <returns>What is left of the limit: zero when a notice is due.</returns>
    private static async ValueTask<TimeSpan> WaitForNoticeAsync(
        Task moving, TimeSpan left, QueueNotices notices, TimeProvider timeProvider)
    {
        var isLimited = left != Timeout.InfiniteTimeSpan;
        while (!isLimited || notices.Interval < left)
        {
            await WaitAtMostAsync(moving, notices.Interval, timeProvider);
            if (moving.IsCompleted || notices.IsWaiting)
            {
                return TimeSpan.Zero;
            }

            left -= isLimited ? notices.Interval : TimeSpan.Zero;
        }

        return left;
    }

    private static async Task WaitAtMostAsync(Task moving, TimeSpan limit, TimeProvider timeProvider)
    {
        using var stop = new CancellationTokenSource();
        await Task.WhenAny(moving, Task.Delay(limit, timeProvider, stop.Token));
        await stop.CancelAsync();
    }
}
