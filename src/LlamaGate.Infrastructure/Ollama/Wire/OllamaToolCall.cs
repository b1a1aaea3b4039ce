using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>A call in a chat's answer.</summary>
internal sealed record OllamaToolCall
{
    public string? Id { get; init; }

    public OllamaFunctionCall? Function { get; init; }

    public static IReadOnlyList<ToolCall> ToDomain(IReadOnlyList<OllamaToolCall?>? calls) =>
        calls is null ? [] : [.. calls.Select(ToDomain)];

    private static ToolCall ToDomain(OllamaToolCall? call) => call is null
        ? throw new JsonException("A call is null.")
        : new(call.Id ?? "", call.Function?.Name ?? "", call.Function?.Arguments ?? "{}");
}

internal sealed record OllamaFunctionCall
{
    public string? Name { get; init; }

    /// <summary>An object, as its text.</summary>
    [JsonConverter(typeof(RawObjectConverter))]
    public string? Arguments { get; init; }
}
