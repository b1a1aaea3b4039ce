namespace LlamaGate.Bench.Sharing;

/// <summary>What the upstream did in a scenario. Times in seconds.</summary>
/// <param name="Loads">Begun loads.</param>
internal sealed record UpstreamCounts(int Loads)
{
    /// <summary>Null for a real Ollama, which tells nothing of it.</summary>
    public SlotCounts? Slots { get; init; }
}

/// <summary>What only the emulator tells.</summary>
/// <param name="Reloads">Loads because a call asked for other options.</param>
/// <param name="Loading">Time in loads.</param>
/// <param name="Elapsed">Since the counts began.</param>
/// <param name="Busy">Sum over the slots of the time in which they had a call.</param>
/// <param name="WaitingInside">Time in which a call waited inside a runner.</param>
/// <param name="Gaps">How often a freed slot was taken again.</param>
/// <param name="GapP50">Median time until then.</param>
/// <param name="GapP95">95 % of them at most.</param>
/// <param name="PeakInside">Most calls at once in a runner, with those that waited inside.</param>
/// <param name="Callers">Slot seconds by caller.</param>
internal sealed record SlotCounts(
    int Reloads,
    double Loading,
    double Elapsed,
    double Busy,
    double WaitingInside,
    int Gaps,
    double GapP50,
    double GapP95,
    int PeakInside,
    IReadOnlyDictionary<string, double> Callers);
