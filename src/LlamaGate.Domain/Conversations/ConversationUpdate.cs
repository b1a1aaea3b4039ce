using LlamaGate.Domain.Generation;

namespace LlamaGate.Domain.Conversations;

/// <summary>A piece of an answer, as it arrived from upstream.</summary>
public sealed class ConversationUpdate
{
    /// <summary>The number of the call that it belongs to (see <see cref="ConversationBatch"/>); 0 for the only one.</summary>
    public int Call { get; init; }

    /// <summary>Visible text; empty when there is none.</summary>
    public string Content { get; init; } = "";

    public string? Thinking { get; init; }

    public IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>Of the tokens of the thinking, then of those of the content.</summary>
    public IReadOnlyList<TokenLogprob>? Logprobs { get; init; }

    /// <summary>The call is complete; <see cref="FinishReason"/>, <see cref="Usage"/> and <see cref="Timings"/> are set then.</summary>
    public bool IsDone { get; init; }

    public FinishReason? FinishReason { get; init; }

    public TokenUsage? Usage { get; init; }

    public GenerationTimings? Timings { get; init; }
}
