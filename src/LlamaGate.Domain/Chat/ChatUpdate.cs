using LlamaGate.Domain.Generation;

namespace LlamaGate.Domain.Chat;

/// <summary>
/// What came back at once: a piece of a streamed answer, or the whole of a plain one (then <see cref="IsDone"/> is true).
/// </summary>
public sealed class ChatUpdate : IGenerationUpdate
{
    /// <summary>Visible text; empty when there is none.</summary>
    public string Content { get; init; } = "";

    public string? Thinking { get; init; }

    public IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    public IReadOnlyList<TokenLogprob>? Logprobs { get; init; }

    /// <summary>The model has said that it is done; <see cref="FinishReason"/> and <see cref="Usage"/> are set then.</summary>
    public bool IsDone { get; init; }

    public FinishReason? FinishReason { get; init; }

    public TokenUsage? Usage { get; init; }

    /// <summary>Set with <see cref="Usage"/>.</summary>
    public GenerationTimings? Timings { get; init; }
}
