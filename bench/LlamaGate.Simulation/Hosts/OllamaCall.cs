using LlamaGate.Simulation.Clients;

namespace LlamaGate.Simulation.Hosts;

/// <summary>A call as Ollama sees it.</summary>
/// <param name="work">Null: the call only loads the model.</param>
internal sealed class OllamaCall(string model, Work? work)
{
    public string Model => model;

    /// <summary>Null: the call only loads the model.</summary>
    public Work? Work => work;

    public OllamaStage Stage { get; set; }

    /// <summary>When it got its slot.</summary>
    public TimeSpan BegunAt { get; set; }

    public Action? FirstToken { get; init; }

    /// <summary>So many tokens have come until now.</summary>
    public Action<int>? Tokens { get; init; }

    /// <summary>True = it is complete, false = the host has failed.</summary>
    public Action<bool>? Ended { get; init; }
}

/// <summary>Where a call is in Ollama.</summary>
internal enum OllamaStage
{
    /// <summary>It needs a load.</summary>
    Pending,

    /// <summary>All slots of its runner are taken.</summary>
    Waiting,
    Prompt,
    Generating,
    Over,
}
