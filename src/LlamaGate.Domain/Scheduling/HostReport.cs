namespace LlamaGate.Domain.Scheduling;

/// <summary>A host as its last probe found it.</summary>
/// <param name="Name">Unique among the hosts.</param>
public sealed record HostReport(string Name)
{
    /// <summary>In <see cref="HostLimits.Pinned"/> stands what calls name as <see cref="CallSpec.Model"/>.</summary>
    public HostLimits Limits { get; init; } = HostLimits.None;

    /// <summary>False: it gets no calls and no loads, and what it had loaded is not known any more.</summary>
    public bool IsUp { get; init; } = true;

    /// <summary>True: it gets no new calls and no loads.</summary>
    public bool IsDraining { get; init; }

    /// <summary>
    /// The models that it has, by <see cref="CallSpec.Model"/>; null = not known yet: calls may wait for it, but nothing is loaded there.
    /// </summary>
    public IReadOnlyDictionary<string, HostedModel>? Models { get; init; }

    /// <summary>The runners that it listed; null = not known.</summary>
    public IReadOnlyList<ReportedRunner>? Runners { get; init; }

    /// <summary>When the list of runners was requested: it says nothing about later loads.</summary>
    public TimeSpan RequestedAt { get; init; }
}

/// <summary>A model that a host has.</summary>
/// <param name="Name">By which it is loaded there.</param>
/// <param name="Size">Of its file, in bytes.</param>
public sealed record HostedModel(string Name, long Size)
{
    /// <summary>It runs elsewhere: it needs no load and has <see cref="Runner.RemoteSlots"/> slots.</summary>
    public bool IsRemote { get; init; }

    /// <summary>Ollama gives its family one slot, whatever is configured.</summary>
    public bool HasOneSlot { get; init; }
}

/// <summary>A model that a host has loaded.</summary>
/// <param name="Model">See <see cref="CallSpec.Model"/>.</param>
public sealed record ReportedRunner(string Model)
{
    /// <summary>In tokens; null when Ollama does not say.</summary>
    public int? Context { get; init; }

    /// <summary>In memory, in bytes; null when Ollama does not say.</summary>
    public long? Size { get; init; }

    /// <summary>Until Ollama unloads it if nobody uses it; null when it does not say.</summary>
    public TimeSpan? ExpiresIn { get; init; }
}
