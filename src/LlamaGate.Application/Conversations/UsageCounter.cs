using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Conversations;

/// <summary>Sums the tokens of a batch's calls. The calls of one request sent the same prompt, so it counts once.</summary>
internal sealed class UsageCounter(int requests, int candidates)
{
    private readonly int[] _promptTokens = new int[requests];
    private int _completionTokens;
    private bool _hasAny;

    public UsageCounter(ConversationBatch batch)
        : this(batch.Requests.Count, batch.Candidates)
    {
    }

    /// <summary>Null before the first call ended.</summary>
    public TokenUsage? Total => _hasAny ? new TokenUsage(_promptTokens.Sum(), _completionTokens) : null;

    public void Add(int call, TokenUsage? usage)
    {
        if (usage is not null)
        {
            var request = call / candidates;
            // Older versions of Ollama do not count the part of a prompt that is still cached from the previous call.
            _promptTokens[request] = Math.Max(_promptTokens[request], usage.PromptTokens);
            _completionTokens += usage.CompletionTokens;
            _hasAny = true;
        }
    }
}
