namespace LlamaGate.Application.Generation.Contracts;

/// <summary>Tokens as Ollama counted them.</summary>
public sealed record CompletionUsage
{
    public int PromptTokens { get; init; }

    public int CompletionTokens { get; init; }

    public int TotalTokens { get; init; }
}
