namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The answer of <c>POST /api/chat</c>.</summary>
internal sealed record OllamaChatResponse : OllamaGenerationResponse
{
    public OllamaResponseMessage? Message { get; init; }
}

internal sealed record OllamaResponseMessage
{
    public string? Content { get; init; }

    public string? Thinking { get; init; }

    public IReadOnlyList<OllamaToolCall>? ToolCalls { get; init; }
}
