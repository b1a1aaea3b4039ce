using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Application.Dialects.ChatCompletions.Contracts;

/// <summary>One message of the conversation.</summary>
/// <remarks>One type for all roles; which members belong to which role is the validator's business.</remarks>
public sealed record ChatCompletionRequestMessage
{
    /// <summary>system, developer, user, assistant, tool or function.</summary>
    public string? Role { get; set; }

    /// <summary>A string or an array of parts; optional in assistant and tool messages.</summary>
    [JsonConverter(typeof(MessageContentConverter))]
    public MessageContent? Content { get; set; }

    /// <summary>On a function's message: its name. Otherwise a participant's name, which Ollama does not support.</summary>
    public string? Name { get; set; }

    /// <summary>The calls an assistant asked for.</summary>
    public IReadOnlyList<ToolCallParam?>? ToolCalls { get; set; }

    /// <summary>On a tool's message: the call it answers.</summary>
    public string? ToolCallId { get; set; }

    /// <summary>The legacy form of <see cref="ToolCalls"/>.</summary>
    public FunctionCallParam? FunctionCall { get; set; }

    /// <summary>An assistant's refusal, sent back instead of content.</summary>
    public string? Refusal { get; set; }

    /// <summary>The assistant's thoughts (DeepSeek's and vLLM's name).</summary>
    public string? ReasoningContent { get; set; }

    /// <summary>The assistant's thoughts (Ollama's and OpenRouter's name).</summary>
    public string? Reasoning { get; set; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>A call in an assistant's message.</summary>
public sealed record ToolCallParam
{
    public string? Id { get; set; }

    /// <summary><c>function</c> (also when absent) or <c>custom</c>; a call of another type is left out.</summary>
    public string? Type { get; set; }

    public FunctionCallParam? Function { get; set; }

    /// <summary>A custom tool's call; it is sent as a function call.</summary>
    public CustomCallParam? Custom { get; set; }

    /// <summary>All other members: ignored and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>Name and input of a custom tool's call.</summary>
public sealed record CustomCallParam
{
    public string? Name { get; set; }

    /// <summary>Any text.</summary>
    public string? Input { get; set; }

    /// <summary>All other members: ignored and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>Name and arguments of a call.</summary>
public sealed record FunctionCallParam
{
    public string? Name { get; set; }

    /// <summary>A JSON object as a string. Any other text is kept inside an object.</summary>
    [JsonConverter(typeof(ToolArgumentsConverter))]
    public string? Arguments { get; set; }

    /// <summary>All other members: ignored and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
