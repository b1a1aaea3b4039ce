namespace LlamaGate.Domain.Conversations;

/// <summary>One turn of a conversation.</summary>
public sealed record Message(MessageRole Role, IReadOnlyList<Part> Content)
{
    /// <summary>What an assistant thought before it said <see cref="Content"/>.</summary>
    public string? Thinking { get; init; }

    /// <summary>The calls an assistant asked for.</summary>
    public IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>On a tool's message: the call it answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>On a tool's message: the function that was called, if the history names it.</summary>
    public string? ToolName { get; init; }
}
