using LlamaGate.Application.Accounts;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Application.Tests.Accounts;

public sealed class DeviceClockTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DeviceClock _clock;

    public DeviceClockTests() => _clock = new DeviceClock(_time);

    [Fact]
    public void End_OfTheOnlyCall_IsItsWholeTime()
    {
        Pass(5);
        var call = _clock.Begin();
        Pass(3);
        Assert.Equal(TimeSpan.FromSeconds(3), _clock.End(call));
    }

    [Fact]
    public void End_OfOverlappingCalls_SplitsEachMomentOverThoseThatRun()
    {
        var first = _clock.Begin();
        Pass(4);
        var second = _clock.Begin();
        Pass(2);
        var third = _clock.Begin();
        Pass(3);
        Assert.Equal(TimeSpan.FromSeconds(4 + 1 + 1), _clock.End(first));
        Pass(8);
        Assert.Equal(TimeSpan.FromSeconds(1 + 1 + 4), _clock.End(second));
        Pass(1);
        Assert.Equal(TimeSpan.FromSeconds(1 + 4 + 1), _clock.End(third));
    }

    [Fact]
    public void End_AfterIdleTime_DoesNotCountIt()
    {
        _clock.End(_clock.Begin());
        Pass(100);
        var call = _clock.Begin();
        Pass(1);
        Assert.Equal(TimeSpan.FromSeconds(1), _clock.End(call));
    }

    [Fact]
    public void End_OfManyCalls_AddsUpToTheBusyTime()
    {
        var random = new Random(7);
        var running = new List<double>();
        var (busy, sum) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; i < 2000; i++)
        {
            var wait = TimeSpan.FromMilliseconds(random.Next(50));
            _time.Advance(wait);
            busy += running.Count > 0 ? wait : TimeSpan.Zero;
            if (running.Count > 0 && random.Next(2) == 0)
            {
                var at = random.Next(running.Count);
                sum += _clock.End(running[at]);
                running.RemoveAt(at);
            }
            else
            {
                running.Add(_clock.Begin());
            }
        }

        sum += running.Aggregate(TimeSpan.Zero, (all, call) => all + _clock.End(call));
        Assert.Equal(busy.TotalSeconds, sum.TotalSeconds, tolerance: 0.001);
    }

    private void Pass(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
