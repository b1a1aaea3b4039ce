using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Domain.Conversations;

/// <summary>A complete answer. Immutable: it is cached and returned to every caller with the same request, in every dialect.</summary>
/// <param name="Choices">Request by request, each with as many choices as the batch has.</param>
/// <param name="Usage">Of all calls together; a prompt that was sent several times counts once.</param>
/// <param name="Timings">Of the first call that ended; null when unknown.</param>
public sealed record ConversationAnswer(IReadOnlyList<AnswerChoice> Choices, TokenUsage Usage, GenerationTimings? Timings)
{
    /// <summary>Parts of the request that had no effect on the answer.</summary>
    public IReadOnlyList<RequestField> Ignored { get; init; } = [];

    /// <summary>
    /// The context of the runner in tokens, if prompt and answer together exceeded it, so that Ollama dropped the oldest turns during
    /// generation. Null otherwise.
    /// </summary>
    public int? ExceededContext { get; init; }

    /// <summary>Whether a model returned text or a tool call. Thinking alone is not an answer.</summary>
    public bool HasSubstance => Choices.Any(choice => choice.Content.Length > 0 || choice.ToolCalls.Count > 0);
}

/// <summary>One of the answers to a request.</summary>
/// <param name="Content">Visible text; empty when there is none.</param>
/// <param name="Thinking">Null when the model did not think.</param>
/// <param name="Logprobs">Of the tokens of the thinking, then of those of the content.</param>
public sealed record AnswerChoice(
    string Content,
    string? Thinking,
    IReadOnlyList<ToolCall> ToolCalls,
    IReadOnlyList<TokenLogprob>? Logprobs,
    FinishReason? FinishReason);
