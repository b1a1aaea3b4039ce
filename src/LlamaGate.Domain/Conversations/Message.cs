namespace LlamaGate.Domain.Conversations;

/// <summary>One turn of a conversation.</summary>
public sealed record Message(MessageRole Role, IReadOnlyList<Part> Content)
{
    /// <summary>The assistant's thinking before <see cref="Content"/>.</summary>
    public string? Thinking { get; init; }

    /// <summary>The calls that an assistant requested.</summary>
    public IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>On a tool's message: the call it answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>On a tool's message: the function that was called, if the history names it.</summary>
    public string? ToolName { get; init; }
}
