namespace LlamaGate.Domain.Scheduling;

/// <summary>The scheduler at one moment. Nothing in it changes any more.</summary>
/// <param name="Hosts">In their order.</param>
/// <param name="Queue">The next calls that will probably be sent, in that order.</param>
/// <param name="Waiting">Number of calls that wait, those that <paramref name="Queue"/> leaves out included.</param>
/// <param name="WaitingBytes">Of their bodies.</param>
public sealed record SchedulerSnapshot(IReadOnlyList<HostSnapshot> Hosts, IReadOnlyList<CallSnapshot> Queue, int Waiting, long WaitingBytes);

/// <summary>A host at one moment.</summary>
public sealed record HostSnapshot(string Name)
{
    public HostLimits Limits { get; init; } = HostLimits.None;

    /// <summary>Whether all its streams have been silent for long, so that it gets no calls.</summary>
    public bool IsSilent { get; init; }

    public IReadOnlyList<RunnerSnapshot> Runners { get; init; } = [];

    /// <summary>Null when nothing is loaded.</summary>
    public LoadSnapshot? Load { get; init; }
}

/// <summary>A loaded model at one moment.</summary>
/// <param name="Model">See <see cref="CallSpec.Model"/>.</param>
public sealed record RunnerSnapshot(string Model)
{
    /// <summary>Whether it takes new calls.</summary>
    public bool IsOpen { get; init; }

    public bool IsPinned { get; init; }

    /// <summary>Slots in use, those of calls that have left included.</summary>
    public int Busy { get; init; }

    /// <summary>As configured, or as learned until now.</summary>
    public int Slots { get; init; }

    /// <summary>Whether the slots are learned.</summary>
    public bool LearnsSlots { get; init; }

    /// <summary>In tokens; null when it is not known.</summary>
    public int? Context { get; init; }

    /// <summary>In memory, in bytes; null when it is not known.</summary>
    public long? Size { get; init; }

    /// <summary>Until Ollama unloads it if nobody uses it; null when that is not known.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    public IReadOnlyList<CallSnapshot> Calls { get; init; } = [];
}

/// <summary>A call at one moment.</summary>
/// <param name="Figures">Its place.</param>
/// <param name="Running">Since its grant; zero while it waits.</param>
public sealed record CallSnapshot(CallTicket Call, CallFigures Figures, TimeSpan Running);

/// <summary>A load at one moment.</summary>
/// <param name="Model">See <see cref="CallSpec.Model"/>.</param>
/// <param name="Running">Since its gates were closed.</param>
/// <param name="Left">Until it has probably ended.</param>
/// <param name="IsStuck">It takes far longer than it should.</param>
public sealed record LoadSnapshot(string Model, LoadReason Reason, TimeSpan Running, TimeSpan Left, bool IsStuck);
