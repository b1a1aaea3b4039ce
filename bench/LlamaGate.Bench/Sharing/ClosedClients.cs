namespace LlamaGate.Bench.Sharing;

/// <summary>Clients each of which asks, waits for the end, pauses, and asks again.</summary>
internal static class ClosedClients
{
    /// <summary>Each client asks that many times.</summary>
    /// <param name="client">Sends the calls.</param>
    /// <param name="calls">One for each client.</param>
    /// <param name="times">How often each is asked.</param>
    /// <param name="pause">The pause of a client (its number) after a call; it is drawn from a seed, alike on both sides.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static async Task<ChatOutcome[]> TimesAsync(
        ChatClient client, IReadOnlyList<ChatCall> calls, int times, Func<int, Random, TimeSpan> pause, CancellationToken cancellationToken)
    {
        var outcomes = await Task.WhenAll(calls.Select(async (call, number) =>
        {
            var random = new Random(number);
            var own = new List<ChatOutcome>();
            for (var i = 0; i < times; i++)
            {
                own.Add(await client.AskAsync(call, cancellationToken));
                await PauseAsync(pause(number, random), cancellationToken);
            }

            return own;
        }));
        return [.. outcomes.SelectMany(own => own)];
    }

    /// <summary>Each client asks until the token ends it, in the middle of a call too; that call is not in the answer.</summary>
    public static async Task<ChatOutcome[]> UntilAsync(
        ChatClient client, IReadOnlyList<ChatCall> calls, Func<int, Random, TimeSpan> pause, CancellationToken until)
    {
        var outcomes = await Task.WhenAll(calls.Select(async (call, number) =>
        {
            var random = new Random(number);
            var own = new List<ChatOutcome>();
            try
            {
                // Not all at once: a pause first.
                await PauseAsync(pause(number, random) * random.NextDouble(), until);
                while (true)
                {
                    own.Add(await client.AskAsync(call, until));
                    await PauseAsync(pause(number, random), until);
                }
            }
            catch (OperationCanceledException)
            {
                return own;
            }
        }));
        return [.. outcomes.SelectMany(own => own)];
    }

    private static Task PauseAsync(TimeSpan time, CancellationToken cancellationToken) =>
        time > TimeSpan.Zero ? Task.Delay(time, cancellationToken) : Task.CompletedTask;
}
