using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Dialects.Messages.Contracts;

/// <summary>
/// What Anthropic's bodies of <c>POST /v1/messages</c> and <c>/v1/messages/count_tokens</c> share. A member that is null was absent.
/// </summary>
public abstract record MessagePrompt : INamesModel
{
    /// <summary>The model, as Ollama lists it, or an alias. Required.</summary>
    public string? Model { get; set; }

    /// <summary>Instructions before the conversation: a string or text blocks.</summary>
    [JsonConverter(typeof(MessageTextConverter))]
    public MessageText? System { get; set; }

    /// <summary>The conversation so far, at least one message. Required.</summary>
    public IReadOnlyList<MessageParam?>? Messages { get; set; }

    /// <summary>Functions that the model may call. Tools that Anthropic's servers run are left out and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    public IReadOnlyList<MessageTool?>? Tools { get; set; }

    /// <summary>Whether the model may, must or must not call a tool. Default auto.</summary>
    public MessageToolChoice? ToolChoice { get; set; }

    /// <summary>Whether a thinking model thinks, and whether its thoughts are shown. Default: it does not.</summary>
    public MessageThinking? Thinking { get; set; }

    /// <summary>The model's effort, and the format of its answer.</summary>
    public MessageOutputConfig? OutputConfig { get; set; }

    /// <summary>Refused: the gateway keeps no threads. Send the whole conversation in <c>messages</c>.</summary>
    public JsonElement? Thread { get; set; }

    /// <summary>Accepted, no effect: Ollama caches prompts automatically.</summary>
    public JsonElement? CacheControl { get; set; }

    /// <summary>All other members: ignored and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>Anthropic's body of <c>POST /v1/messages</c>.</summary>
public sealed record CreateMessageRequest : MessagePrompt
{
    /// <summary>Most tokens to generate, 1 or more. Required.</summary>
    public int? MaxTokens { get; set; }

    /// <summary>Stream the answer as server-sent events. Default false.</summary>
    public bool? Stream { get; set; }

    /// <summary>Randomness, 0–1. Default: the model's.</summary>
    public double? Temperature { get; set; }

    /// <summary>Nucleus sampling, 0–1. Default: the model's.</summary>
    public double? TopP { get; set; }

    /// <summary>Sample only from this number of the most likely tokens. Default: the model's.</summary>
    public int? TopK { get; set; }

    /// <summary>Up to 64 stop sequences.</summary>
    public IReadOnlyList<string>? StopSequences { get; set; }

    /// <summary>Ollama: how long the model stays loaded, seconds or a duration such as <c>"10m"</c>.</summary>
    public JsonElement? KeepAlive { get; set; }

    /// <summary>Ollama: further options such as <c>num_ctx</c> or <c>seed</c>. Anthropic's own fields override them.</summary>
    public JsonElement? Options { get; set; }

    /// <summary>Accepted, no effect.</summary>
    public JsonElement? Metadata { get; set; }

    /// <summary>Accepted, no effect.</summary>
    public JsonElement? ServiceTier { get; set; }
}

/// <summary>Anthropic's body of <c>POST /v1/messages/count_tokens</c>.</summary>
public sealed record CountTokensRequest : MessagePrompt;

/// <summary>One message of the conversation.</summary>
public sealed record MessageParam
{
    /// <summary>user or assistant; system for instructions between them.</summary>
    public string? Role { get; set; }

    /// <summary>A string or blocks.</summary>
    [JsonConverter(typeof(MessageTextConverter))]
    public MessageText? Content { get; set; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>Whether a model thinks.</summary>
public sealed record MessageThinking
{
    /// <summary>enabled, adaptive or disabled.</summary>
    public string? Type { get; set; }

    /// <summary>Accepted, no effect: Ollama has no such budget.</summary>
    public JsonElement? BudgetTokens { get; set; }

    /// <summary>With <c>omitted</c> the thoughts are only in the signature.</summary>
    public string? Display { get; set; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>How to answer.</summary>
public sealed record MessageOutputConfig
{
    /// <summary>How long a thinking model thinks: low, medium, high, xhigh or max.</summary>
    public string? Effort { get; set; }

    /// <summary>The format of the answer.</summary>
    public MessageFormat? Format { get; set; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>The shape of an answer.</summary>
public sealed record MessageFormat
{
    /// <summary><c>json_schema</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The JSON schema of the answer.</summary>
    public JsonElement? Schema { get; set; }
}
