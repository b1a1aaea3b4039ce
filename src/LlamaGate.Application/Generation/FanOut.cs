using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace LlamaGate.Application.Generation;

/// <summary>Several upstream calls that belong to one request: all go on together, and when one fails or the caller leaves, all end.</summary>
internal static class FanOut
{
    /// <summary>The results in the order of their numbers.</summary>
    public static async Task<IReadOnlyList<T>> AllAsync<T>(
        int count, Func<int, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        if (count == 1)
        {
            return [await ask(0, cancellationToken)];
        }

        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asked = Enumerable.Range(0, count).Select(i => ask(i, all.Token)).ToArray();
        try
        {
            await foreach (var answered in Task.WhenEach(asked))
            {
                await answered;
            }
        }
        catch
        {
            await all.CancelAsync();
            await ((Task)Task.WhenAll(asked)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return await Task.WhenAll(asked);
    }

    /// <summary>The streams' items as they come, each with its stream's number.</summary>
    public static IAsyncEnumerable<(int Number, T Item)> MergeAsync<T>(
        int count, Func<int, CancellationToken, IAsyncEnumerable<T>> ask, CancellationToken cancellationToken) =>
        count == 1 ? OnlyAsync(ask(0, cancellationToken), cancellationToken) : InterleaveAsync(count, ask, cancellationToken);

    private static async IAsyncEnumerable<(int Number, T Item)> OnlyAsync<T>(
        IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            yield return (0, item);
        }
    }

    private static async IAsyncEnumerable<(int Number, T Item)> InterleaveAsync<T>(
        int count,
        Func<int, CancellationToken, IAsyncEnumerable<T>> ask,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Bounded, so that a slow reader holds the upstream back and not the memory.
        var channel = Channel.CreateBounded<(int, T)>(new BoundedChannelOptions(count) { SingleReader = true });
        var pumps = Enumerable.Range(0, count).Select(i => PumpAsync(i, ask(i, all.Token), channel.Writer, all)).ToArray();
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
        int number, IAsyncEnumerable<T> items, ChannelWriter<(int, T)> output, CancellationTokenSource all)
    {
        try
        {
            await foreach (var item in items.WithCancellation(all.Token))
            {
                await output.WriteAsync((number, item), all.Token);
            }
        }
        catch (Exception exception)
        {
            // The first failure is the one to tell; the others only follow from it.
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
