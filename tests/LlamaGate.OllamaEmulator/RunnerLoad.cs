namespace LlamaGate.OllamaEmulator;

/// <summary>A load that the scheduler began.</summary>
/// <param name="Model">The name by which it was asked for.</param>
/// <param name="Blob">What was loaded.</param>
/// <param name="Reason">Why it was needed.</param>
/// <param name="ContextLength">Tokens of each slot.</param>
/// <param name="Slots">Calls that the runner works on at once.</param>
/// <param name="Shifts">Whether the runner drops the oldest tokens when the context is full.</param>
/// <param name="Started">Since the emulator's start.</param>
public sealed record RunnerLoad(
    string Model, string Blob, LoadReason Reason, int ContextLength, int Slots, bool Shifts, TimeSpan Started)
{
    /// <summary>The model's name that had to go; null when there was room.</summary>
    public string? Evicted { get; init; }

    /// <summary>Its client left before it was done, and it ended with him.</summary>
    public bool IsAbandoned { get; init; }
}

/// <summary>Why a model was loaded.</summary>
public enum LoadReason
{
    /// <summary>It was not loaded, and there was room.</summary>
    First,

    /// <summary>It was not loaded, and another model had to go.</summary>
    Switch,

    /// <summary>It was loaded, but a call asked for other options.</summary>
    Options,

    /// <summary>Its process had died.</summary>
    Died,
}
