namespace LlamaGate.OllamaEmulator;

/// <summary>
/// What the calls of one caller took. A prompt's word <c>caller=NAME</c> names him; all others are one caller without a name.
/// </summary>
/// <param name="Ended">Calls that are over, answered or left.</param>
/// <param name="Answered">Those of them whose last token was made.</param>
/// <param name="SlotTime">Time in slots so far, of running calls too.</param>
/// <param name="Work">prompt_eval_duration and eval_duration of the calls that are over.</param>
public sealed record CallerUse(int Ended, int Answered, TimeSpan SlotTime, TimeSpan Work)
{
    internal static readonly CallerUse None = new(0, 0, TimeSpan.Zero, TimeSpan.Zero);
}
