namespace LlamaGate.Domain.Scheduling;

/// <summary>Why a call gets no slot.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="RetryAfter">When a new attempt will probably succeed.</param>
public sealed record Refusal(RefusalReason Reason, TimeSpan RetryAfter)
{
    /// <summary>How long the call would probably have to wait; null when that is not the reason.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>What the runtime reported about the failed load; null for other reasons.</summary>
    public object? Cause { get; init; }
}

/// <summary>Why a call gets no slot.</summary>
public enum RefusalReason
{
    /// <summary>As many calls of the principal wait as it may have.</summary>
    TooManyWaiting,

    /// <summary>QUEUE_MAX or QUEUE_MAX_MB is reached.</summary>
    QueueFull,

    /// <summary>The wait would be, or has become, longer than QUEUE_TIMEOUT allows.</summary>
    QueueTimeout,

    /// <summary>No host that has the model is up.</summary>
    NoHost,

    /// <summary>The model could not be loaded anywhere.</summary>
    LoadFailed,

    /// <summary>The gateway shuts down, and the call could not be served before.</summary>
    ShuttingDown,

    /// <summary>The key of the call was removed.</summary>
    KeyRemoved,

    /// <summary>An operator cancelled the call.</summary>
    Cancelled,

    /// <summary>The model fits on no host that has it, because the pinned models there stay loaded.</summary>
    NoRoom,
}
