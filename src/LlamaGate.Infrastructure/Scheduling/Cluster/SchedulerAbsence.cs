using Microsoft.Extensions.Logging;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>Reports once that the scheduler of the cluster does not answer. Not thread-safe.</summary>
internal sealed partial class SchedulerAbsence(TimeProvider timeProvider, ILogger logger)
{
    /// <summary>A scheduler that is away for no longer than this is not logged: it has moved to another gateway.</summary>
    private static readonly TimeSpan SilentAway = TimeSpan.FromSeconds(1);

    private long? _since;
    private bool _isReported;

    /// <summary>It has answered.</summary>
    public void NoteAnswer() => _since = null;

    /// <summary>It has taken the gateway in.</summary>
    public void End() => (_since, _isReported) = (null, false);

    public void Note(Exception exception)
    {
        _since ??= timeProvider.GetTimestamp();
        if (!_isReported && timeProvider.GetElapsedTime(_since.Value) >= SilentAway)
        {
            _isReported = true;
            LogAway(exception.GetBaseException().GetType().Name, exception);
        }
    }

    [LoggerMessage(EventId = 2080, EventName = "SchedulerAway", Level = LogLevel.Warning,
        Message = "The scheduler of the cluster does not answer ({Fault}). Calls wait until it does, or until another gateway has taken over")]
    private partial void LogAway(string fault, Exception exception);
}
