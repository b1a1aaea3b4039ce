using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Ollama.Hosts;
using LlamaGate.Infrastructure.Scheduling.Cluster;
using LlamaGate.Infrastructure.Tests.Callers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Infrastructure.Tests.Scheduling.Cluster;

/// <summary>What a gateway says when its hosts are not those of the gateway that schedules.</summary>
public sealed class HostComparisonTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly CollectedLog<HostComparison> _log = new();
    private readonly HostComparison _comparison;

    public HostComparisonTests() => _comparison = new HostComparison(_clock, _log);

    private IEnumerable<string> Warnings => _log.Lines(LogLevel.Warning);

    [Fact]
    public void Note_HostsThatDifferForLong_IsOneWarningThatNamesThem()
    {
        Pass(() => _comparison.Note(["a=http://a", "b=http://b"], ["a=http://a", "b=http://other", "c=http://c"]));
        Pass(() => _comparison.Note(["a=http://a", "b=http://b"], ["a=http://a", "b=http://other", "c=http://c"]));
        var warning = Assert.Single(Warnings);
        Assert.Contains("Only here: b=http://b; only there: b=http://other, c=http://c.", warning, StringComparison.Ordinal);
        Assert.Equal("Only here: b=http://b; only there: b=http://other, c=http://c", _comparison.Difference);
    }

    [Fact]
    public void Difference_OfHostsThatAreEqualAgain_IsNull()
    {
        Pass(() => _comparison.Note(["a=http://a"], ["b=http://b"]));
        Assert.NotNull(_comparison.Difference);
        _comparison.Note(["b=http://b"], ["b=http://b"]);
        Assert.Null(_comparison.Difference);
    }

    [Fact]
    public void Note_HostsThatDifferWhileAFileChanges_IsNoWarning()
    {
        _comparison.Note(["a=http://a"], ["b=http://b"]);
        _clock.Advance(HostComparison.Patience - TimeSpan.FromTicks(1));
        _comparison.Note(["a=http://a"], ["b=http://b"]);
        _comparison.Note(["b=http://b"], ["b=http://b"]);
        Pass(() => _comparison.Note(["B=http://b", "a=http://a"], ["a=http://a", "b=http://b"]));
        Assert.Empty(Warnings);
    }

    [Fact]
    public void Note_HostsThatDifferAgain_IsAnotherWarning()
    {
        Pass(() => _comparison.Note(["a=http://a"], ["b=http://b"]));
        _comparison.Note(["b=http://b"], ["b=http://b"]);
        Pass(() => _comparison.Note(["a=http://a"], ["b=http://b"]));
        Assert.Equal(2, Warnings.Count());
    }

    [Fact]
    public void Note_ASchedulerThatDoesNotSendItsHosts_IsNoWarning()
    {
        Pass(() => _comparison.Note(["a=http://a"], []));
        Assert.Empty(Warnings);
    }

    [Fact]
    public void Describe_OfAHostWithLimits_NamesThem()
    {
        var host = new OllamaHostOptions { Name = "a", Address = new Uri("http://me:secret@a"), DisplayAddress = "http://a" };
        Assert.Equal("a=http://a", HostComparison.Describe(host));
        var limits = new HostLimits { Slots = 4, MaxRunning = 8, MaxLoaded = 2, Pinned = ["m2", "m1"] };
        Assert.Equal(
            "a=http://a (slots 4, max_running 8, max_loaded 2, pinned m1 m2)", HostComparison.Describe(host with { Limits = limits }));
        Assert.Equal("a=http://a (slots auto)", HostComparison.Describe(host with { Limits = new HostLimits { LearnsSlots = true } }));
    }

    private void Pass(Action note)
    {
        note();
        _clock.Advance(HostComparison.Patience);
        note();
    }
}
