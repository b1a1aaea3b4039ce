using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Infrastructure.Tests.Scheduling;

public sealed class SchedulerEngineTests : IDisposable
{
    private readonly Clock _clock = new();
    private readonly List<Decision> _decisions = [];
    private readonly SchedulerEngine _engine;

    public SchedulerEngineTests()
    {
        _engine = new SchedulerEngine(
            new SchedulerOptions { Slots = 1, QueueTimeout = TimeSpan.FromSeconds(60) }, _clock, _decisions.Add);
        _engine.Do((core, now) => core.SetHosts(now, [Host()], replaced: []));
    }

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Do_OfAnEvent_CarriesOutWhatItDecides()
    {
        var call = Arrive();

        Assert.Same(call, Assert.IsType<Grant>(Assert.Single(_decisions)).Call);
    }

    [Fact]
    public void Timer_AtTheDeadlineOfEachCall_EndsItsWait()
    {
        Arrive();
        var first = Arrive();
        _clock.Advance(TimeSpan.FromSeconds(20));
        var second = Arrive();
        _decisions.Clear();

        _clock.Advance(TimeSpan.FromSeconds(39.9));
        Assert.Empty(_decisions);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Same(first, Assert.IsType<Refuse>(Assert.Single(_decisions)).Call);
        _decisions.Clear();

        _clock.Advance(TimeSpan.FromSeconds(19.9));
        Assert.Empty(_decisions);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Same(second, Assert.IsType<Refuse>(Assert.Single(_decisions)).Call);
    }

    /// <summary>What is due first may go: the timer fires for nothing, and is then set for what is left.</summary>
    [Fact]
    public void Timer_WhoseReasonHasGone_IsSetForTheNext()
    {
        Arrive();
        var first = Arrive();
        _clock.Advance(TimeSpan.FromSeconds(20));
        var second = Arrive();
        _engine.Do((core, now) => core.Leave(now, first));
        _decisions.Clear();

        _clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Empty(_decisions);
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Same(second, Assert.IsType<Refuse>(Assert.Single(_decisions)).Call);
    }

    /// <summary>The timers of the system use a clock with larger steps, and may fire some milliseconds early.</summary>
    [Fact]
    public void Timer_ThatFiresEarly_IsSetForTheRest()
    {
        Arrive();
        var waiting = Arrive();
        _decisions.Clear();

        _clock.IsEarlyBy = TimeSpan.FromMilliseconds(3);
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Empty(_decisions);
        _clock.IsEarlyBy = TimeSpan.Zero;
        _clock.Advance(TimeSpan.FromMilliseconds(3));
        Assert.Same(waiting, Assert.IsType<Refuse>(Assert.Single(_decisions)).Call);
    }

    [Fact]
    public void Now_WhenTheSystemsTimeIsSetBack_GoesOn()
    {
        _clock.Advance(TimeSpan.FromSeconds(5));
        _clock.SetBackBy = TimeSpan.FromHours(1);

        Assert.Equal(TimeSpan.FromSeconds(5), _engine.Now);
        Assert.Equal(TimeSpan.FromSeconds(5), _engine.ToTime(_clock.GetTimestamp()));
    }

    [Fact]
    public void Dispose_WithCallsThatWait_EndsTheTimer()
    {
        Arrive();
        Arrive();
        _decisions.Clear();
        _engine.Dispose();
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Empty(_decisions);
    }

    private static HostReport Host() => new("gpu1")
    {
        Models = new Dictionary<string, HostedModel>(StringComparer.Ordinal) { ["m"] = new("m", 1) },
        Runners = [new ReportedRunner("m")],
    };

    private CallTicket Arrive() => _engine.Do(
        new CallSpec(new Principal("p", "p"), "m"), static (core, now, spec) => core.Arrive(now, spec));

    /// <summary>The system's time may be set; timestamps go on.</summary>
    private sealed class Clock : FakeTimeProvider
    {
        public TimeSpan SetBackBy { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - SetBackBy;

        /// <summary>By how much the timers are ahead of the timestamps.</summary>
        public TimeSpan IsEarlyBy { get; set; }

        public override long GetTimestamp() => (base.GetUtcNow() - IsEarlyBy).Ticks;
    }
}
