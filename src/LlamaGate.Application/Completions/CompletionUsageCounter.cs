using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Completions;

/// <summary>Sums what the calls of one request took. The calls of one prompt were asked the same, so it counts once.</summary>
internal sealed class CompletionUsageCounter(int prompts)
{
    private readonly int[] _promptTokens = new int[prompts];
    private int _completionTokens;

    public TokenUsage Total => new(_promptTokens.Sum(), _completionTokens);

    public void Add(int prompt, TokenUsage? usage)
    {
        if (usage is not null)
        {
            // Older versions of Ollama leave out what they had read for the call before.
            _promptTokens[prompt] = Math.Max(_promptTokens[prompt], usage.PromptTokens);
            _completionTokens += usage.CompletionTokens;
        }
    }
}
