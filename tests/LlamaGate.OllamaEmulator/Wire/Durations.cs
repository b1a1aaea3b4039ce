namespace LlamaGate.OllamaEmulator.Wire;

/// <summary>The four times of a closing object, in nanoseconds.</summary>
internal sealed record Durations(long Total, long Load, long Prompt, long Eval)
{
    public static readonly Durations None = new(1, 1, 1, 1);

    /// <summary>At least 1: Ollama leaves out a member of value 0, and the recorded ones are all there.</summary>
    public static long Nanoseconds(TimeSpan time) => Math.Max(1, time.Ticks * TimeSpan.NanosecondsPerTick);
}
