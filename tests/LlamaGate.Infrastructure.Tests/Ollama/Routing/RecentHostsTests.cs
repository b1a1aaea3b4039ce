using LlamaGate.Infrastructure.Ollama.Routing;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Infrastructure.Tests.Ollama.Routing;

public sealed class RecentHostsTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Find_OfACallerAndModel_IsTheLastHost()
    {
        var recent = new RecentHosts(_clock);
        recent.Note("ann", "m", "a");
        recent.Note("ann", "m", "b");
        recent.Note("bob", "m", "c");
        Assert.Equal("b", recent.Find("ann", "m"));
        Assert.Null(recent.Find("ann", "n"));
        Assert.Equal(2, recent.Count);
    }

    [Fact]
    public void Find_AfterTenMinutes_IsForgotten()
    {
        var recent = new RecentHosts(_clock);
        recent.Note("ann", "m", "a");
        _clock.Advance(TimeSpan.FromMinutes(9));
        recent.Note("bob", "m", "a");
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(recent.Find("ann", "m"));
        Assert.Equal("a", recent.Find("bob", "m"));
        Assert.Equal(1, recent.Count);
    }

    [Fact]
    public void Note_OfTooMany_ForgetsTheOldest()
    {
        var recent = new RecentHosts(_clock, maxEntries: 2);
        recent.Note("ann", "m", "a");
        recent.Note("bob", "m", "a");
        recent.Note("ann", "m", "a");
        recent.Note("cid", "m", "a");
        Assert.Equal(2, recent.Count);
        Assert.Null(recent.Find("bob", "m"));
        Assert.Equal("a", recent.Find("ann", "m"));
    }
}
