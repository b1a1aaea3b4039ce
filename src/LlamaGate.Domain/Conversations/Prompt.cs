namespace LlamaGate.Domain.Conversations;

/// <summary>The model's input: a chat or a plain text.</summary>
public abstract record Prompt;

/// <summary>A chat. The model answers as the assistant.</summary>
public sealed record ChatPrompt(IReadOnlyList<Message> Messages) : Prompt
{
    /// <summary>The functions that the model may call, after the caller's tool choice has been applied.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>The model must call one of <see cref="Tools"/>. Ollama has no such option, so the gateway enforces it.</summary>
    public bool MustCall { get; init; }

    public ResponseFormat? Format { get; init; }
}

/// <summary>A text outside of a conversation.</summary>
public sealed record TextPrompt(string Text) : Prompt
{
    /// <summary>The text after the answer: the model fills the gap between text and suffix.</summary>
    public string? Suffix { get; init; }
}
