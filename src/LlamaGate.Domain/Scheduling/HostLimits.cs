namespace LlamaGate.Domain.Scheduling;

/// <summary>What the operator says about a host.</summary>
public sealed record HostLimits
{
    public static HostLimits None { get; } = new();

    /// <summary>Calls that one runner works on at once, 1–64; null = SLOTS, unless <see cref="LearnsSlots"/>.</summary>
    public int? Slots { get; init; }

    /// <summary>Whether the slots are learned here, whatever SLOTS says. Default false.</summary>
    public bool LearnsSlots { get; init; }

    /// <summary>Calls at once on the whole host; null = no limit.</summary>
    public int? MaxRunning { get; init; }

    /// <summary>Models that may be loaded at once; null = not said.</summary>
    public int? MaxLoaded { get; init; }

    /// <summary>The memory for models in bytes (<c>vram_gb</c>); null = not said.</summary>
    public long? VideoMemory { get; init; }

    /// <summary>Names of models that stay loaded.</summary>
    public IReadOnlyList<string> Pinned { get; init; } = [];
}
