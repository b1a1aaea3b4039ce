using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Dialects.Messages.Contracts;

/// <summary>Anthropic's answer.</summary>
/// <remarks>Members stand in the order in which they are written.</remarks>
public sealed record MessageAnswer
{
    /// <summary><c>msg_</c> and 24 random letters and digits.</summary>
    public required string Id { get; init; }

    public string Type { get; } = "message";

    public string Role { get; } = "assistant";

    /// <summary>The model as requested.</summary>
    public required string Model { get; init; }

    public required IReadOnlyList<MessageBlock> Content { get; init; }

    /// <summary>end_turn, max_tokens or tool_use; null at the start of a stream.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? StopReason { get; init; }

    /// <summary>Always null: Ollama does not report which sequence it matched.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? StopSequence { get; init; }

    /// <summary>Always null: no model here reports why it refuses.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonElement? StopDetails { get; }

    /// <summary>Always null: the gateway has no containers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonElement? Container { get; }

    /// <summary>Always null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonElement? Diagnostics { get; }

    public required MessageUsage Usage { get; init; }
}

/// <summary>A block of an answer: a thought, a text, a call, or the result of a server tool, which is always unavailable.</summary>
public sealed record MessageBlock
{
    /// <summary>thinking, text, tool_use, server_tool_use, web_search_tool_result or web_fetch_tool_result.</summary>
    public required string Type { get; init; }

    /// <summary>The thought; empty when it is omitted.</summary>
    public string? Thinking { get; init; }

    /// <summary>Send it back with the thought. If the thought is omitted, the signature contains it.</summary>
    public string? Signature { get; init; }

    public string? Text { get; init; }

    /// <summary>Of a call: <c>toolu_…</c> or <c>srvtoolu_…</c>.</summary>
    public string? Id { get; init; }

    /// <summary>The tool to call.</summary>
    public string? Name { get; init; }

    /// <summary>The arguments.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>Of a call, and of a server tool's result: who calls. It is always the model.</summary>
    public MessageCaller? Caller { get; init; }

    /// <summary>Of a server tool's result: the call.</summary>
    public string? ToolUseId { get; init; }

    /// <summary>Of a server tool's result: why there is none.</summary>
    public ServerToolError? Content { get; init; }
}

/// <summary>Who calls a tool.</summary>
/// <param name="Type"><c>direct</c>: the model, and no program that runs at Anthropic.</param>
public sealed record MessageCaller(string Type)
{
    internal static MessageCaller Direct { get; } = new("direct");
}

/// <summary>Why a server's tool gave nothing.</summary>
/// <param name="Type"><c>web_search_tool_result_error</c> or <c>web_fetch_tool_result_error</c>.</param>
/// <param name="ErrorCode"><c>unavailable</c>.</param>
public sealed record ServerToolError(string Type, string ErrorCode);

/// <summary>Tokens as Ollama counted them. It does not report cached tokens. What is always null is known to Anthropic only.</summary>
public sealed record MessageUsage
{
    public int InputTokens { get; init; }

    public int CacheCreationInputTokens { get; }

    public int CacheReadInputTokens { get; }

    public int OutputTokens { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonElement? CacheCreation { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonElement? OutputTokensDetails { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonElement? ServerToolUse { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ServiceTier { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? InferenceGeo { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Speed { get; }

    internal static MessageUsage Of(TokenUsage? usage) =>
        new() { InputTokens = usage?.PromptTokens ?? 0, OutputTokens = usage?.CompletionTokens ?? 0 };
}

/// <summary>An estimate of a prompt's length.</summary>
/// <param name="InputTokens">Tokens, 1 or more.</param>
public sealed record MessageTokenCount(int InputTokens);
