namespace LlamaGate.OllamaEmulator;

/// <summary>How the slots were used since the start, or since the counts were cleared.</summary>
/// <param name="Elapsed">Since then.</param>
/// <param name="Busy">Sum over all slots of the time in which they had a call.</param>
/// <param name="Waiting">Time in which a call waited here, in a runner or for a load.</param>
/// <param name="WaitingInside">Time in which a call waited in a runner, whose slots were all taken.</param>
/// <param name="FreeWhileWaiting">Sum over the slots of loaded models of the time in which they were free while a call waited here.</param>
/// <param name="Gaps">How often a freed slot was taken again.</param>
/// <param name="GapP50">Half of the freed slots were taken within this time.</param>
/// <param name="GapP95">95 % of the freed slots were taken within this time.</param>
public sealed record SlotUse(
    TimeSpan Elapsed,
    TimeSpan Busy,
    TimeSpan Waiting,
    TimeSpan WaitingInside,
    TimeSpan FreeWhileWaiting,
    int Gaps,
    TimeSpan GapP50,
    TimeSpan GapP95);
