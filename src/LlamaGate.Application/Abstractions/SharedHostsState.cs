using LlamaGate.Domain.Health;

namespace LlamaGate.Application.Abstractions;

/// <summary>Shared hosts at one moment. Nothing in it changes any more.</summary>
public sealed record SharedHostsState
{
    /// <summary>In their order.</summary>
    public required IReadOnlyList<SharedHostState> Hosts { get; init; }

    /// <summary>The next calls that will probably be sent, in that order.</summary>
    public required IReadOnlyList<SharedCallState> Queue { get; init; }

    /// <summary>Number of calls that wait, those that <see cref="Queue"/> leaves out included.</summary>
    public required int Waiting { get; init; }

    /// <summary>The most that may wait (QUEUE_MAX).</summary>
    public required int QueueMax { get; init; }

    /// <summary>Bytes of the bodies of those that wait.</summary>
    public required long WaitingBytes { get; init; }

    /// <summary>The most of them (QUEUE_MAX_MB).</summary>
    public required long QueueMaxBytes { get; init; }

    /// <summary>The last loads, the newest first.</summary>
    public required IReadOnlyList<ModelLoad> Loads { get; init; }

    /// <summary>Names behind which hosts have different models.</summary>
    public required IReadOnlyList<ModelConflict> Conflicts { get; init; }

    /// <summary>How the hosts of this gateway differ from those of the one that schedules; null when they do not.</summary>
    public string? Difference { get; init; }
}

/// <summary>A shared host at one moment.</summary>
/// <param name="Status">What can be shown to anyone.</param>
public sealed record SharedHostState(HostStatus Status)
{
    /// <summary>Whether it gets no new calls, up or down, because the configuration or an administrator says so.</summary>
    public bool IsDraining { get; init; }

    /// <summary>For models, in bytes (<c>vram_gb</c>); null = not said.</summary>
    public long? VideoMemory { get; init; }

    /// <summary>Whether all its streams have been silent for long, so that it gets no calls.</summary>
    public bool IsSilent { get; init; }

    /// <summary>The names of the models that it has.</summary>
    public IReadOnlyList<string> Available { get; init; } = [];

    public IReadOnlyList<SharedRunnerState> Runners { get; init; } = [];

    /// <summary>Null when nothing is loaded.</summary>
    public SharedLoadState? Load { get; init; }
}

/// <summary>A loaded model at one moment.</summary>
/// <param name="Model">Its name on the host.</param>
public sealed record SharedRunnerState(string Model)
{
    /// <summary>In tokens; null when it is not known.</summary>
    public int? Context { get; init; }

    /// <summary>In memory, in bytes; null when it is not known.</summary>
    public long? Size { get; init; }

    /// <summary>The part of <see cref="Size"/> in the GPU's memory; null when it is not known.</summary>
    public long? VideoMemory { get; init; }

    /// <summary>As configured, or as learned until now.</summary>
    public int Slots { get; init; }

    /// <summary>Whether the slots are learned.</summary>
    public bool LearnsSlots { get; init; }

    /// <summary>Slots in use, those of calls that have left included.</summary>
    public int Busy { get; init; }

    /// <summary>Whether it takes new calls.</summary>
    public bool IsOpen { get; init; }

    public bool IsPinned { get; init; }

    /// <summary>When Ollama unloads it if nobody uses it; null when that is not known.</summary>
    public DateTimeOffset? Expires { get; init; }

    public IReadOnlyList<SharedCallState> Calls { get; init; } = [];
}

/// <summary>A load at one moment.</summary>
/// <param name="Model">Its name on the host.</param>
/// <param name="Reason">A word: first, copy, switch, grow or admin.</param>
/// <param name="Running">Since it began.</param>
/// <param name="Left">Until it has probably ended.</param>
/// <param name="IsStuck">It takes far longer than it should.</param>
public sealed record SharedLoadState(string Model, string Reason, TimeSpan Running, TimeSpan Left, bool IsStuck);

/// <summary>A name behind which hosts have different models.</summary>
/// <param name="Host">The host that decides what the name stands for.</param>
/// <param name="Others">The hosts where it is something else, so that they are not used for it.</param>
public sealed record ModelConflict(string Model, string Host, IReadOnlyList<string> Others);
