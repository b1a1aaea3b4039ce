using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace LlamaGate.Application.Conversations;

/// <summary>Several upstream calls for one request: they run together, and when one fails or the caller disconnects, all end.</summary>
internal static class FanOut
{
    /// <summary>The streams' items as they arrive.</summary>
    /// <param name="atOnce">Maximum number of concurrent streams; the others wait their turn.</param>
    public static async IAsyncEnumerable<T> MergeAsync<T>(
        int count,
        int atOnce,
        Func<int, CancellationToken, IAsyncEnumerable<T>> open,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var turns = new SemaphoreSlim(atOnce);
        // Bounded, so that a slow reader causes backpressure instead of filling the memory.
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(Math.Min(count, atOnce)) { SingleReader = true });
        var pumps = Enumerable.Range(0, count)
            .Select(i => PumpAsync(open(i, all.Token), turns, channel.Writer, all)).ToArray();
        var ended = CompleteAsync(Task.WhenAll(pumps), channel.Writer);
        try
        {
            await foreach (var item in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return item;
            }
        }
        finally
        {
            await all.CancelAsync();
            await ended;
        }
    }

    private static async Task PumpAsync<T>(
        IAsyncEnumerable<T> items, SemaphoreSlim turns, ChannelWriter<T> output, CancellationTokenSource all)
    {
        try
        {
            await turns.WaitAsync(all.Token);
            try
            {
                await foreach (var item in items.WithCancellation(all.Token))
                {
                    await output.WriteAsync(item, all.Token);
                }
            }
            finally
            {
                turns.Release();
            }
        }
        catch (Exception exception)
        {
            // Report the first failure; the others are only its consequences.
            output.TryComplete(exception);
            await all.CancelAsync();
        }
    }

    private static async Task CompleteAsync<T>(Task pumps, ChannelWriter<T> output)
    {
        await pumps.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        output.TryComplete();
    }
}
