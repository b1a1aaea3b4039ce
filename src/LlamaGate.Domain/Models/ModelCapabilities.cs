namespace LlamaGate.Domain.Models;

/// <summary>What a model can do, as reported by Ollama.</summary>
/// <param name="CanThink">Whether it thinks before it answers; null when Ollama does not say.</param>
/// <param name="CanSee">Whether it takes images; null when Ollama does not say.</param>
/// <param name="CanEmbed">Whether it makes embeddings; null when Ollama does not say.</param>
public sealed record ModelCapabilities(bool? CanThink, bool? CanSee = null, bool? CanEmbed = null)
{
    public static ModelCapabilities Unknown { get; } = new(CanThink: null);
}
