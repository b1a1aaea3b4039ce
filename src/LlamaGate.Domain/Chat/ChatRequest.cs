using System.Text.Json;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Domain.Chat;

/// <summary>A question to a model. What is null was not asked for, and the model's own default holds.</summary>
public sealed record ChatRequest(string Model, IReadOnlyList<ChatMessage> Messages, GenerationOptions Options)
{
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    public ResponseFormat? Format { get; init; }

    public ThinkLevel? Think { get; init; }

    /// <summary>How long Ollama keeps the model loaded afterwards: a number of seconds or a Go-style duration string.</summary>
    public JsonElement? KeepAlive { get; init; }

    /// <summary>Whether each token's log probability is asked for.</summary>
    public bool? Logprobs { get; init; }

    /// <summary>How many alternatives to each token, 0–20.</summary>
    public int? TopLogprobs { get; init; }
}
