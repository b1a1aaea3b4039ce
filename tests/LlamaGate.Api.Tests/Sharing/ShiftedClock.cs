using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Api.Tests.Sharing;

/// <summary>A fake clock whose time of day can jump while the time that passes stays as it is.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private readonly FakeTimeProvider _passing = new(DateTimeOffset.FromUnixTimeSeconds(Running.RunningGateway.StartSeconds));

    /// <summary>By how much the time of day is wrong.</summary>
    public TimeSpan Shift { get; set; }

    public override long TimestampFrequency => _passing.TimestampFrequency;

    public void Advance(TimeSpan time) => _passing.Advance(time);

    public override DateTimeOffset GetUtcNow() => _passing.GetUtcNow() + Shift;

    public override long GetTimestamp() => _passing.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _passing.CreateTimer(callback, state, dueTime, period);
}
