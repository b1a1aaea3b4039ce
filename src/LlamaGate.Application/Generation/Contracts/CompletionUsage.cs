using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Generation.Contracts;

/// <summary>Tokens as Ollama counted them.</summary>
public sealed record CompletionUsage
{
    public int PromptTokens { get; init; }

    public int CompletionTokens { get; init; }

    public int TotalTokens { get; init; }

    internal static CompletionUsage Of(TokenUsage usage) => new()
    {
        PromptTokens = usage.PromptTokens,
        CompletionTokens = usage.CompletionTokens,
        TotalTokens = usage.TotalTokens,
    };
}
