namespace LlamaGate.Domain.Models;

/// <summary>What a model can do, as reported by Ollama.</summary>
/// <param name="CanThink">Whether it thinks before it answers; null when Ollama does not say.</param>
public sealed record ModelCapabilities(bool? CanThink)
{
    public static ModelCapabilities Unknown { get; } = new((bool?)null);
}
