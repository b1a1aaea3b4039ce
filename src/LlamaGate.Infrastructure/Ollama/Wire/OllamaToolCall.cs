using System.Text.Json.Serialization;
using LlamaGate.Domain.Chat;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>A call in a chat's answer.</summary>
internal sealed record OllamaToolCall
{
    public string? Id { get; init; }

    public OllamaFunctionCall? Function { get; init; }

    public ToolCall ToDomain() => new(Id ?? "", Function?.Name ?? "", Function?.Arguments ?? "{}");
}

internal sealed record OllamaFunctionCall
{
    public string? Name { get; init; }

    /// <summary>An object, as its text.</summary>
    [JsonConverter(typeof(RawObjectConverter))]
    public string? Arguments { get; init; }
}
