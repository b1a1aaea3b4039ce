using LlamaGate.Domain.Generation;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>Ollama reports times in nanoseconds.</summary>
internal static class OllamaDurations
{
    public static GenerationTimings ToTimings(long load, long prompt, long eval) =>
        new(FromNanoseconds(load), FromNanoseconds(prompt), FromNanoseconds(eval));

    private static TimeSpan FromNanoseconds(long nanoseconds) =>
        TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
