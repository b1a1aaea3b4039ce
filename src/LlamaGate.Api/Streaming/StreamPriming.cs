namespace LlamaGate.Api.Streaming;

/// <summary>
/// Waits for a stream's first event before headers are written, so that an early failure keeps its status. Ollama sends nothing
/// while it loads a model; after the keep-alive interval the wait ends and the headers are sent.
/// </summary>
internal static class StreamPriming
{
    /// <returns>The first move, which may not have ended; it has not failed.</returns>
    public static async ValueTask<Task<bool>> WaitAsync(ValueTask<bool> first, TimeSpan keepAlive, TimeProvider timeProvider)
    {
        var moving = first.AsTask();
        if (keepAlive > TimeSpan.Zero)
        {
            await WaitAtMostAsync(moving, keepAlive, timeProvider);
        }

        if (keepAlive <= TimeSpan.Zero || moving.IsCompleted)
        {
            await moving;
        }

        return moving;
    }

    private static async Task WaitAtMostAsync(Task moving, TimeSpan limit, TimeProvider timeProvider)
    {
        using var stop = new CancellationTokenSource();
        await Task.WhenAny(moving, Task.Delay(limit, timeProvider, stop.Token));
        await stop.CancelAsync();
    }
}
