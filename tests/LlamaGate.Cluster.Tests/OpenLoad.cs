using System.Collections.Concurrent;
using System.Diagnostics;

namespace LlamaGate.Cluster.Tests;

/// <summary>
/// A hundred requests a second to some gateways in turn, or to their balancer, however long the answers take: fewer only on a machine that
/// cannot serve so many.
/// </summary>
internal sealed class OpenLoad : IDisposable
{
    private const int Tokens = 10;

    /// <summary>Eight seconds without an answer; less than a gateway's queue holds.</summary>
    private const int MostOutstanding = 800;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly IReadOnlyList<HttpClient> _targets;
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentQueue<long> _served = [];
    private readonly ConcurrentQueue<string> _failures = [];
    private readonly Task _sending;
    private int _outstanding;

    private OpenLoad(IReadOnlyList<HttpClient> targets)
    {
        _targets = targets;
        _sending = SendAsync();
    }

    /// <summary>Requests that did not succeed.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    public static OpenLoad Start(IEnumerable<BedGateway> gateways) => new([.. gateways.Select(static gateway => gateway.Client)]);

    public static OpenLoad Start(HttpClient balancer) => new([balancer]);

    public async Task WhenAnsweredAsync(int count)
    {
        var limit = Stopwatch.StartNew();
        while (_served.Count < count)
        {
            Assert.True(limit.Elapsed < LongestWait, $"Only {_served.Count} answers; failures: {string.Join("; ", _failures.Take(3))}");
            await NextAsync();
        }
    }

    /// <summary>Goes on until some time after a moment.</summary>
    public static async Task UntilAsync(long since, TimeSpan after)
    {
        while (Stopwatch.GetElapsedTime(since) < after)
        {
            await NextAsync();
        }
    }

    /// <summary>Sends no more, and waits for all answers.</summary>
    public async Task EndAsync()
    {
        await _over.CancelAsync();
        await _sending.WaitAsync(LongestWait);
    }

    /// <summary>The longest time without an answer that began at some moment or later.</summary>
    public TimeSpan LongestPauseAfter(long moment)
    {
        var longest = TimeSpan.Zero;
        var last = moment;
        foreach (var served in _served.Where(served => served > moment).Order())
        {
            var pause = Stopwatch.GetElapsedTime(last, served);
            (longest, last) = (pause > longest ? pause : longest, served);
        }

        return longest;
    }

    public void Dispose() => _over.Dispose();

    private static async Task NextAsync()
    {
        using var timer = new PeriodicTimer(Period);
        await timer.WaitForNextTickAsync();
    }

    private async Task SendAsync()
    {
        var sent = new List<Task>();
        using var timer = new PeriodicTimer(Period);
        for (var number = 0; !_over.IsCancellationRequested && await timer.WaitForNextTickAsync(); number++)
        {
            if (Volatile.Read(ref _outstanding) < MostOutstanding)
            {
                sent.Add(SendAsync(_targets[number % _targets.Count], ClusterBed.Weights.Keys.ElementAt(number % ClusterBed.Weights.Count)));
            }
        }

        await Task.WhenAll(sent);
    }

    private async Task SendAsync(HttpClient target, string key)
    {
        Interlocked.Increment(ref _outstanding);
        try
        {
            var answer = await ClusterBed.ChatAsync(target, key, Tokens);
            if (answer.Status == 200)
            {
                _served.Enqueue(Stopwatch.GetTimestamp());
            }
            else
            {
                _failures.Enqueue($"{answer.Status}: {answer.Body}");
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            _failures.Enqueue(exception.GetType().Name);
        }
        finally
        {
            Interlocked.Decrement(ref _outstanding);
        }
    }
}
