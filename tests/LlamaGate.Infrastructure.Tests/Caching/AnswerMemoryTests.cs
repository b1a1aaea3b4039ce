using LlamaGate.Infrastructure.Caching;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Infrastructure.Tests.Caching;

public class AnswerMemoryTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void TryGetValue_OfAnEntryThatHasExpired_FindsNone()
    {
        using var memory = new AnswerMemory(1000, _clock);
        Keep(memory, "k", TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        Assert.True(memory.TryGetValue("k", out _));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(memory.TryGetValue("k", out _));
    }

    [Fact]
    public void Keep_AfterOthersHaveExpired_GivesTheirMemoryBack()
    {
        using var memory = new AnswerMemory(1000, _clock);
        var old = KeepALarge(memory);
        _clock.Advance(TimeSpan.FromHours(1));
        Keep(memory, "k", TimeSpan.FromMinutes(1));
        GC.Collect();
        Assert.False(old.TryGetTarget(out _));
    }

    [Fact]
    public void Remove_OfAKey_MakesRoomForAnother()
    {
        using var memory = new AnswerMemory(300, _clock);
        Keep(memory, "first", TimeSpan.FromMinutes(1));
        Keep(memory, "second", TimeSpan.FromMinutes(1));
        Keep(memory, "third", TimeSpan.FromMinutes(1));
        memory.Remove("second");
        memory.Remove("unknown");
        Keep(memory, "fourth", TimeSpan.FromMinutes(1));
        Assert.True(memory.TryGetValue("first", out _));
        Assert.False(memory.TryGetValue("second", out _));
        Assert.True(memory.TryGetValue("third", out _));
        Assert.True(memory.TryGetValue("fourth", out _));
    }

    // A method of its own, so that no local variable keeps the array.
    private WeakReference<byte[]> KeepALarge(AnswerMemory memory)
    {
        var large = new byte[100];
        memory.Set("large", large, Options(TimeSpan.FromMinutes(1)));
        return new WeakReference<byte[]>(large);
    }

    private void Keep(AnswerMemory memory, string key, TimeSpan timeToLive) => memory.Set(key, "value", Options(timeToLive));

    private MemoryCacheEntryOptions Options(TimeSpan timeToLive) =>
        new() { Size = 100, AbsoluteExpiration = _clock.GetUtcNow() + timeToLive };
}
