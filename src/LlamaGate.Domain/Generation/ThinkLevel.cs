namespace LlamaGate.Domain.Generation;

/// <summary>How much a thinking model thinks before it answers. If absent, the model decides (Ollama's thinking models then think).</summary>
public enum ThinkLevel
{
    Off,
    On,
    Low,
    Medium,
    High,
    Max,
}
