namespace LlamaGate.Infrastructure.Ollama.Routing;

/// <summary>A host as the choice sees it, for one model.</summary>
internal readonly record struct HostCandidate
{
    /// <summary>Up and not draining.</summary>
    public bool IsLive { get; init; }

    /// <summary>The call has failed there already.</summary>
    public bool IsExcluded { get; init; }

    /// <summary>Whether the host lists the model; null when its list is not known.</summary>
    public bool? HasModel { get; init; }

    /// <summary>The model's digest there; null for a model without one.</summary>
    public string? Digest { get; init; }

    /// <summary>Whether the model is loaded there.</summary>
    public bool IsLoaded { get; init; }

    /// <summary>The gateway's running calls of the model there.</summary>
    public int RunningOfModel { get; init; }

    /// <summary>All of the gateway's running calls there.</summary>
    public int Running { get; init; }
}
