using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Dialects.ChatCompletions.Contracts;

/// <summary>A tool that the model may use. Functions are sent upstream; tools of other types are left out and listed.</summary>
public sealed record ToolParam
{
    /// <summary><c>function</c>, or any other.</summary>
    public string? Type { get; set; }

    public FunctionParam? Function { get; set; }

    /// <summary>All other members: ignored and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>A function that the model may call.</summary>
public sealed record FunctionParam
{
    public string? Name { get; set; }

    public string? Description { get; set; }

    /// <summary>JSON schema of the arguments, passed on unchanged.</summary>
    public JsonElement? Parameters { get; set; }

    /// <summary>Accepted, no effect: Ollama does not constrain calls that the model chooses to make.</summary>
    public bool? Strict { get; set; }

    /// <summary>All other members: ignored and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
