using LlamaGate.Domain.Generation;

namespace LlamaGate.Domain.Completions;

/// <summary>
/// What came back at once: a piece of a streamed answer, or the whole of a plain one (then <see cref="IsDone"/> is true).
/// </summary>
public sealed class GenerateUpdate : IGenerationUpdate
{
    /// <summary>Visible text; empty when there is none.</summary>
    public string Text { get; init; } = "";

    public string? Thinking { get; init; }

    /// <summary>Of the tokens of the thinking, then of those of the text.</summary>
    public IReadOnlyList<TokenLogprob>? Logprobs { get; init; }

    /// <summary>The model has said that it is done; <see cref="FinishReason"/>, <see cref="Usage"/> and <see cref="Timings"/> are set then.</summary>
    public bool IsDone { get; init; }

    public FinishReason? FinishReason { get; init; }

    public TokenUsage? Usage { get; init; }

    public GenerationTimings? Timings { get; init; }
}
