namespace LlamaGate.Application.Conversations;

/// <summary>Times the upstream calls of one answer as one: from the beginning of the first to the end of the last.</summary>
internal sealed class UpstreamClock(TimeProvider timeProvider)
{
    private long? _started;
    private TimeSpan? _ended;

    public TimeSpan? TimeToFirstToken { get; private set; }

    /// <summary>Until now, while a call runs; null before the first.</summary>
    public TimeSpan? Elapsed => _ended ?? Now;

    private TimeSpan? Now => _started is { } started ? timeProvider.GetElapsedTime(started) : null;

    public void Start() => _started ??= timeProvider.GetTimestamp();

    public void FirstToken() => TimeToFirstToken ??= Now;

    /// <summary>A call ended; others may still run.</summary>
    public void Stop() => _ended = Now;
}
