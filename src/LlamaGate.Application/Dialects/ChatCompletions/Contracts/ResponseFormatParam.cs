using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Dialects.ChatCompletions.Contracts;

/// <summary>OpenAI's <c>response_format</c>.</summary>
public sealed record ResponseFormatParam
{
    /// <summary>text, json_object or json_schema.</summary>
    public string? Type { get; set; }

    public JsonSchemaParam? JsonSchema { get; set; }

    /// <summary>The schema itself, where older clients of local servers put it: next to the type, also with json_object.</summary>
    public JsonElement? Schema { get; set; }

    /// <summary>All other members: ignored and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>The schema of a <c>json_schema</c> answer.</summary>
public sealed record JsonSchemaParam
{
    public string? Name { get; set; }

    public string? Description { get; set; }

    /// <summary>The schema itself; it becomes Ollama's <c>format</c> unchanged.</summary>
    public JsonElement? Schema { get; set; }

    /// <summary>Accepted: Ollama always enforces the schema.</summary>
    public bool? Strict { get; set; }

    /// <summary>All other members: ignored and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
