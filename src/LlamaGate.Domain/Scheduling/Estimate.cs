using System.Runtime.InteropServices;

namespace LlamaGate.Domain.Scheduling;

/// <summary>What a call will probably take.</summary>
/// <param name="PromptSeconds">Slot seconds until the first token.</param>
/// <param name="CompletionTokens">Tokens that it will generate.</param>
/// <param name="TokensPerSecond">The speed at which it will generate them.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Estimate(double PromptSeconds, double CompletionTokens, double TokensPerSecond)
{
    public double Seconds => PromptSeconds + (CompletionTokens / TokensPerSecond);
}
