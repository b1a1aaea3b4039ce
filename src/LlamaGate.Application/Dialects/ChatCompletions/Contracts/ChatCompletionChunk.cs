using System.Text.Json.Serialization;
using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Application.Dialects.ChatCompletions.Contracts;

#pragma warning disable CA1822 // Constants are members of the contract: the serializer passes static ones over.

/// <summary>OpenAI's piece of a streamed chat answer.</summary>
/// <remarks>
/// Members stand in the order in which they are written. A value, as its parts are: there is one for every token, and none of them is
/// kept.
/// </remarks>
public readonly record struct ChatCompletionChunk
{
    /// <summary>The same for all chunks of an answer.</summary>
    public required string Id { get; init; }

    public string Object => "chat.completion.chunk";

    /// <summary>Unix seconds, the same for all chunks of an answer.</summary>
    public required long Created { get; init; }

    public required string Model { get; init; }

    public string SystemFingerprint => SystemFingerprints.Ollama;

    /// <summary>One choice; none in the chunk with the usage.</summary>
    public IReadOnlyList<ChunkChoice> Choices
    {
        get => Choice is { } choice ? [choice] : [];
        init => Choice = value is [var choice, ..] ? choice : null;
    }

    /// <summary>With <c>include_usage</c>: the counts in the last chunk and null in the others; absent without it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ChunkUsage Usage { get; init; }

    /// <summary>What <see cref="Choices"/> holds, without a list around it.</summary>
    [JsonIgnore]
    public ChunkChoice? Choice { get; init; }
}

/// <summary>One choice's piece.</summary>
public readonly record struct ChunkChoice
{
    public required int Index { get; init; }

    public required ChunkDelta Delta { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ChoiceLogprobs? Logprobs { get; init; }

    /// <summary>Null until the choice's last chunk.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? FinishReason { get; init; }
}

/// <summary>What came to the answer. A member that is absent did not change.</summary>
public readonly record struct ChunkDelta
{
    /// <summary><c>assistant</c>, in a choice's first chunk only.</summary>
    public string? Role { get; init; }

    public string? Content { get; init; }

    public string? ReasoningContent { get; init; }

    public string? Reasoning { get; init; }

    public IReadOnlyList<ChatCompletionToolCall>? ToolCalls { get; init; }

    public FunctionCall? FunctionCall { get; init; }
}
