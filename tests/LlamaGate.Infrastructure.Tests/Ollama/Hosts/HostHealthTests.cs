using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Tests.Ollama.Hosts;

public sealed class HostHealthTests
{
    private readonly HostHealth _health = new();

    [Fact]
    public void Host_AtFirst_CountsAsUp() => Assert.True(_health.IsUp);

    [Fact]
    public void Host_ThatNeverAnswered_IsDownAtItsFirstBadProbe()
    {
        Assert.True(_health.NoteBad("away"));
        Assert.False(_health.IsUp);
        Assert.Equal("away", _health.Fault);
    }

    [Fact]
    public void Host_ThatWasUp_IsDownAfterTwoBadProbesInARow()
    {
        Assert.True(_health.NoteGood());
        Assert.False(_health.NoteBad("away"));
        Assert.True(_health.IsUp);
        Assert.False(_health.NoteGood());
        Assert.False(_health.NoteBad("away"));
        Assert.True(_health.NoteBad("away"));
        Assert.False(_health.IsUp);
        Assert.True(_health.NoteGood());
        Assert.True(_health is { IsUp: true, Fault: null });
    }

    [Fact]
    public void Host_ThatRefusedACall_IsDownOnce()
    {
        _health.NoteGood();
        Assert.True(_health.NoteRefused("away"));
        Assert.False(_health.NoteRefused("away"));
        Assert.False(_health.IsUp);
    }

    [Fact]
    public void RetryAfter_AfterABadProbeThatBeganWhileItWasUp_IsStillFiveSeconds()
    {
        _health.NoteGood();
        _health.NoteRefused("away");
        Assert.False(_health.NoteBad("away", beganWhileUp: true));
        Assert.Equal(5, _health.RetryAfter.TotalSeconds);
    }

    [Fact]
    public void RetryAfter_WhileItIsDown_GrowsFromFiveToSixtySeconds()
    {
        _health.NoteRefused("away");
        var waits = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            waits.Add(_health.RetryAfter.TotalSeconds);
            _health.NoteBad("away");
        }

        Assert.Equal([5, 10, 20, 40, 60, 60], waits);
        _health.NoteGood();
        _health.NoteRefused("away");
        Assert.Equal(5, _health.RetryAfter.TotalSeconds);
    }
}
