namespace LlamaGate.Domain.Generation;

/// <summary>Tokens as Ollama counted them (<c>prompt_eval_count</c>, <c>eval_count</c>).</summary>
public sealed record TokenUsage(int PromptTokens, int CompletionTokens)
{
    public int TotalTokens => PromptTokens + CompletionTokens;
}
