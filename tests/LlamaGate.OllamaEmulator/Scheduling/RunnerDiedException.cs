namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>The runner was killed while it generated.</summary>
internal sealed class RunnerDiedException() : Exception("the runner was killed");
