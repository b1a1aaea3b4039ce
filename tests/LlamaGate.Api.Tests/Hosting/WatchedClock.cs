using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Api.Tests.Hosting;

/// <summary>A fake clock that tells when a timer has been set, so that a test does not move the time before anyone looks at it.</summary>
internal sealed class WatchedClock : FakeTimeProvider
{
    private readonly ConcurrentDictionary<TimeSpan, SemaphoreSlim> _set = new();

    public WatchedClock()
        : base(DateTimeOffset.FromUnixTimeSeconds(Running.RunningGateway.StartSeconds))
    {
    }

    /// <summary>Completes when a timer has been set to this time; each setting is told once.</summary>
    public async Task SetAsync(TimeSpan due) =>
        Assert.True(await Told(due).WaitAsync(GatewayOverOllama.LongestWait), $"No timer was set to {due}.");

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(this, base.CreateTimer(callback, state, dueTime, period));
        Told(dueTime).Release();
        return timer;
    }

    private SemaphoreSlim Told(TimeSpan due) => _set.GetOrAdd(due, _ => new SemaphoreSlim(0));

    private sealed class WatchedTimer(WatchedClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            clock.Told(dueTime).Release();
            return changed;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
