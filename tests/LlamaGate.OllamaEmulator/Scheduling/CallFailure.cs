namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>Why a call got no answer of the model.</summary>
internal enum CallFailure
{
    None,

    /// <summary>OLLAMA_MAX_QUEUE calls wait for a load.</summary>
    QueueFull,

    /// <summary>The runner was killed while the call waited for a slot.</summary>
    RunnerGone,

    /// <summary>The runner was killed while it worked on the call.</summary>
    RunnerDied,
}
