namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>Whether a shared host gets calls.</summary>
internal enum HostState
{
    /// <summary>It gets calls. A host that has not been probed yet counts as up.</summary>
    Up,

    /// <summary>It could not be reached, or its last two probes failed. It gets no calls until a probe succeeds.</summary>
    Down,

    /// <summary>It gets no new calls; running ones finish.</summary>
    Draining,
}
