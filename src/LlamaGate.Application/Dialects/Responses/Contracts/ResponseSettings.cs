using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>OpenAI's <c>reasoning</c>, as a request has it.</summary>
public sealed record ResponseReasoning
{
    /// <summary>How long a thinking model thinks: none, minimal, low, medium, high, xhigh.</summary>
    public string? Effort { get; init; }

    /// <summary>Accepted: a model's thoughts are always returned in full.</summary>
    public string? Summary { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>OpenAI's <c>reasoning</c>, as it is given back with an answer.</summary>
public sealed record ResponseReasoningSettings
{
    /// <summary>Null when it was not sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Effort { get; init; }

    /// <summary>Null when it was not sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Summary { get; init; }
}

/// <summary>OpenAI's <c>text</c>, in a request and given back with its answer.</summary>
public sealed record ResponseTextParam
{
    public ResponseTextFormat? Format { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>The shape of the answer's text.</summary>
public sealed record ResponseTextFormat
{
    /// <summary>text, json_object or json_schema.</summary>
    public string? Type { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The schema itself; it becomes Ollama's <c>format</c> unchanged.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>Accepted: Ollama always enforces the schema.</summary>
    public bool? Strict { get; init; }
}
