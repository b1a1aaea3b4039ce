using System.Text.Json.Serialization;
using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Application.Dialects.Completions.Contracts;

/// <summary>
/// OpenAI's completion, and a chunk of a streamed one, which has the same shape. Members stand in the order in which they are
/// written.
/// </summary>
public sealed record Completion
{
    /// <summary><c>cmpl-</c> and 24 random letters and digits; the same for all chunks of an answer.</summary>
    public required string Id { get; init; }

    public string Object { get; } = "text_completion";

    /// <summary>Unix seconds, the same for all chunks of an answer.</summary>
    public required long Created { get; init; }

    /// <summary>The model's name in the request.</summary>
    public required string Model { get; init; }

    public string SystemFingerprint { get; } = SystemFingerprints.Ollama;

    /// <summary>The answers to the first prompt, then those to the next; in a chunk one, and none in the chunk with the usage.</summary>
    public required IReadOnlyList<CompletionChoice> Choices { get; init; }

    /// <summary>In chunks as in chats: with <c>include_usage</c> the counts in the last and null in the others; absent without it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ChunkUsage Usage { get; init; }
}

/// <summary>One answer, or a piece of it.</summary>
public sealed record CompletionChoice
{
    public required string Text { get; init; }

    /// <summary>The answer's place: answer j to prompt i is number i·n+j.</summary>
    public required int Index { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public CompletionLogprobs? Logprobs { get; init; }

    /// <summary>stop or length; null until the choice's last chunk.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? FinishReason { get; init; }

    /// <summary>The model's thoughts, which are not part of OpenAI's completions; absent if it did not think.</summary>
    public string? Reasoning { get; init; }
}

/// <summary>Log probabilities in the older form: lists of equal length, an element for each token of the answer.</summary>
public sealed record CompletionLogprobs
{
    public required IReadOnlyList<string> Tokens { get; init; }

    public required IReadOnlyList<double> TokenLogprobs { get; init; }

    /// <summary>The most likely tokens and the chosen one; null if no alternatives were requested.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<IReadOnlyDictionary<string, double>>? TopLogprobs { get; init; }

    /// <summary>Where each token begins in the choice's text, in Unicode characters.</summary>
    public required IReadOnlyList<int> TextOffset { get; init; }
}
