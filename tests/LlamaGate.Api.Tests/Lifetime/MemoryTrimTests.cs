using LlamaGate.Api.Lifetime;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Api.Tests.Lifetime;

public class MemoryTrimTests
{
    private readonly FakeTimeProvider _clock = new();
    private long _count;
    private readonly List<string> _done = [];

    [Fact]
    public async Task NoLargeValue_EverHeld_NothingIsCollected()
    {
        using var trim = await StartAsync();
        Advance(TimeSpan.FromMinutes(10));
        Assert.Empty(_done);
    }

    [Fact]
    public async Task LargeValue_Held_IsCollectedWithinHalfAMinuteAndTwiceMoreWithinOne()
    {
        using var trim = await StartAsync();
        _count++;
        Advance(TimeSpan.FromSeconds(15));
        Assert.Empty(_done);
        Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["collect"], _done);
        Advance(TimeSpan.FromSeconds(25));
        Assert.Equal(["collect"], _done);
        Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["collect", "collect", "wait", "collect"], _done);
        Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(["collect", "collect", "wait", "collect"], _done);
    }

    [Fact]
    public async Task LargeValues_OneAfterTheOther_AreWaitedFor()
    {
        using var trim = await StartAsync();
        for (var i = 0; i < 20; i++)
        {
            _count++;
            Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Empty(_done);
    }

    private async Task<MemoryTrim> StartAsync()
    {
        var trim = new MemoryTrim(_clock, () => _count, () => _done.Add("collect"), () => _done.Add("wait"));
        await trim.StartAsync(CancellationToken.None);
        return trim;
    }

    private void Advance(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += MemoryTrim.Period)
        {
            _clock.Advance(MemoryTrim.Period);
        }
    }
}
