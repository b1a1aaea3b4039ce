namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>The call whose turn it is to load: it waits for its victim to be idle, then for its runner.</summary>
internal sealed class Loading(RunnerCall call)
{
    public RunnerCall Call { get; } = call;

    /// <summary>What has to go first; null when there is room.</summary>
    public Runner? Victim { get; init; }

    /// <summary>What is being loaded; null while the victim is there.</summary>
    public Runner? Runner { get; set; }

    public TimeSpan Ends { get; set; }
}
