namespace LlamaGate.Simulation.Hosts;

/// <summary>How a simulated Ollama is set up.</summary>
internal sealed record HostSettings(string Name)
{
    /// <summary>OLLAMA_NUM_PARALLEL.</summary>
    public int Slots { get; init; } = 4;

    /// <summary>OLLAMA_MAX_LOADED_MODELS.</summary>
    public int MaxLoaded { get; init; } = 1;

    public TimeSpan LoadTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The models that it has.</summary>
    public IReadOnlyList<string> Models { get; init; } = ["a"];
}
