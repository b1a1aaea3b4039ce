using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The body of <c>POST /api/chat</c>. What is null is not sent, so that the Modelfile's defaults hold.</summary>
internal sealed record OllamaChatRequest
{
    public required string Model { get; init; }

    public required IReadOnlyList<OllamaMessage> Messages { get; init; }

    /// <summary>Always sent: Ollama's default is true.</summary>
    public required bool Stream { get; init; }

    public IReadOnlyList<OllamaTool>? Tools { get; init; }

    /// <summary><c>"json"</c> or a schema.</summary>
    public JsonElement? Format { get; init; }

    public JsonElement? Options { get; init; }

    /// <summary>A bool or a level.</summary>
    public JsonElement? Think { get; init; }

    public JsonElement? KeepAlive { get; init; }

    /// <summary>False: an overlong prompt is an error.</summary>
    public bool? Truncate { get; init; }

    /// <summary>False: a full context ends the answer.</summary>
    public bool? Shift { get; init; }

    public bool? Logprobs { get; init; }

    public int? TopLogprobs { get; init; }
}

internal sealed record OllamaMessage
{
    public required string Role { get; init; }

    public required string Content { get; init; }

    public string? Thinking { get; init; }

    public IReadOnlyList<string>? Images { get; init; }

    public IReadOnlyList<OllamaToolCall>? ToolCalls { get; init; }

    public string? ToolName { get; init; }

    public string? ToolCallId { get; init; }
}

internal sealed record OllamaToolCall
{
    public string? Id { get; init; }

    public OllamaFunctionCall? Function { get; init; }
}

internal sealed record OllamaFunctionCall
{
    public string? Name { get; init; }

    /// <summary>An object, as its text.</summary>
    [JsonConverter(typeof(RawObjectConverter))]
    public string? Arguments { get; init; }
}

internal sealed record OllamaTool(OllamaFunction Function)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "function";
}

internal sealed record OllamaFunction(string Name, string? Description, JsonElement? Parameters);
