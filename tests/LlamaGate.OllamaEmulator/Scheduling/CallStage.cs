namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>Where a call is on its way through Ollama.</summary>
internal enum CallStage
{
    /// <summary>It needs a load, and waits for it or for its turn to load.</summary>
    Pending,

    /// <summary>The runner is there and all its slots are taken.</summary>
    Waiting,

    /// <summary>In a slot; the prompt is not yet computed.</summary>
    Prompt,

    /// <summary>In a slot; tokens come.</summary>
    Generating,

    /// <summary>All is made. The slot is held until the answer is on the wire.</summary>
    Made,

    /// <summary>Over, answered or left.</summary>
    Ended,
}
