namespace LlamaGate.Domain.Health;

/// <summary>What is known about one of several hosts, in texts that can be shown to anyone.</summary>
public sealed record HostStatus
{
    public required string Name { get; init; }

    /// <summary>Without credentials.</summary>
    public required string Address { get; init; }

    /// <summary>up, down or draining.</summary>
    public required string State { get; init; }

    /// <summary>Of Ollama; null when it is not known.</summary>
    public string? Version { get; init; }

    /// <summary>How many models it has.</summary>
    public required int Models { get; init; }

    /// <summary>How many calls of the gateway run there.</summary>
    public required int Running { get; init; }

    /// <summary>The models that are loaded.</summary>
    public required IReadOnlyList<string> Loaded { get; init; }

    /// <summary>What its last probe or call met; null when nothing is wrong.</summary>
    public string? Fault { get; init; }

    /// <summary>The last sign of a client that does not use the gateway; null when there was none.</summary>
    public ForeignUse? Foreign { get; init; }
}

/// <summary>A sign that another client uses a host without the gateway.</summary>
/// <param name="Model">The model that it used.</param>
/// <param name="SeenAt">When that was noticed.</param>
public sealed record ForeignUse(string Model, DateTimeOffset SeenAt);
