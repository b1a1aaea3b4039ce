namespace LlamaGate.Domain.Scheduling;

/// <summary>The operator's choices for the queue.</summary>
public sealed record SchedulerOptions
{
    /// <summary>Calls that one runner works on at once, 1–64 (SLOTS); null (the default) = learned.</summary>
    public int? Slots { get; init; }

    /// <summary>Maximum calls that wait (QUEUE_MAX). Default 1000.</summary>
    public int QueueMax { get; init; } = 1000;

    /// <summary>Maximum bytes of the bodies of calls that wait (QUEUE_MAX_MB). Default 256 MiB.</summary>
    public long QueueMaxBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Maximum wait of one call (QUEUE_TIMEOUT). Default 5 minutes.</summary>
    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A call that has waited this long without a grant to its principal rises by one class (PRIORITY_AGING). Default 30 s.</summary>
    public TimeSpan PriorityAging { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most slot seconds that a principal can owe when it comes back (FAIR_MEMORY). Default 60 s.</summary>
    public TimeSpan FairMemory { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The part of a busy host's time that may go into loads, more than 0 and at most 0.9 (SWITCH_SHARE). Default 0.2.</summary>
    public double SwitchShare { get; init; } = 0.2;
}
