namespace LlamaGate.OllamaEmulator;

/// <summary>Most calls that a model's runner had at once.</summary>
/// <param name="Running">In slots.</param>
/// <param name="Inside">In slots or waiting for one.</param>
public sealed record RunnerPeak(int Running, int Inside);
