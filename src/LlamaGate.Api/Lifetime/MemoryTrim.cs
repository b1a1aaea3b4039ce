using LlamaGate.Application.Memory;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Returns memory to the system some time after the last large value. Requests only count such values.
/// </summary>
/// <param name="count">The large values so far.</param>
/// <param name="collect">Collects and gives back.</param>
/// <param name="awaitFinalizers">Waits until what the last collection found has been finalized.</param>
internal sealed class MemoryTrim(TimeProvider timeProvider, Func<long> count, Action collect, Action awaitFinalizers) : IHostedService, IDisposable
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <summary>Periods without a large value before the first collection: 15 seconds.</summary>
    private const int FirstAfter = 3;

    /// <summary>
    /// Before the second: another 35 seconds. The runtime's own pools, which its JSON reader and writer use, let go of an array after the
    /// first collection that comes 30 seconds after they saw one. They do so in a finalizer, so that what they let go of takes a third.
    /// </summary>
    private const int SecondAfter = 10;

    private ITimer? _timer;
    private long _seen = count();
    private int _quietPeriods = SecondAfter;

    /// <summary>A compacting collection that returns as much memory as possible. It pauses the process for a few to a few dozen milliseconds.</summary>
    public static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    public static MemoryTrim Create(IServiceProvider services) =>
        new(services.GetRequiredService<TimeProvider>(), static () => LargeValues.Count, Collect, GC.WaitForPendingFinalizers);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = timeProvider.CreateTimer(static trim => ((MemoryTrim)trim!).Tick(), this, Period, Period);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _timer?.Dispose();

    private void Tick()
    {
        var now = count();
        if (now != _seen)
        {
            _seen = now;
            _quietPeriods = 0;
            return;
        }

        if (_quietPeriods == SecondAfter)
        {
            return;
        }

        _quietPeriods++;
        if (_quietPeriods is FirstAfter or SecondAfter)
        {
            collect();
        }

        if (_quietPeriods == SecondAfter)
        {
            awaitFinalizers();
            collect();
        }
    }
}
