namespace LlamaGate.Domain.Scheduling;

/// <summary>Where a call is on its way.</summary>
public enum CallState
{
    /// <summary>It waits for a slot.</summary>
    Waiting,

    /// <summary>It waits until another call has computed the prompt that they share.</summary>
    Held,

    /// <summary>It has a slot.</summary>
    Running,

    /// <summary>It has ended, left or been refused.</summary>
    Over,
}
