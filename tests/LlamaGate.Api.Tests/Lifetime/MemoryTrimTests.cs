using LlamaGate.Api.Lifetime;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Api.Tests.Lifetime;

public class MemoryTrimTests
{
    private readonly FakeTimeProvider _clock = new();
    private long _count;
    private int _collections;

    [Fact]
    public async Task NoLargeValue_EverHeld_NothingIsCollected()
    {
        using var trim = await StartAsync();
        Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(0, _collections);
    }

    [Fact]
    public async Task LargeValue_Held_IsCollectedWithinHalfAMinuteAndOnceMoreWithinOne()
    {
        using var trim = await StartAsync();
        _count++;
        Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(0, _collections);
        Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, _collections);
        Advance(TimeSpan.FromSeconds(25));
        Assert.Equal(1, _collections);
        Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, _collections);
        Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(2, _collections);
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

        Assert.Equal(0, _collections);
    }

    private async Task<MemoryTrim> StartAsync()
    {
        var trim = new MemoryTrim(_clock, () => _count, () => _collections++);
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
