using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>A function that the model may call, in a request and given back with its answer.</summary>
public sealed record ResponseTool
{
    /// <summary><c>function</c>; a tool of another type is left out and named in <c>X-LlamaGate-Ignored</c>.</summary>
    public string? Type { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>JSON schema of the arguments, passed on unchanged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonElement? Parameters { get; init; }

    /// <summary>Accepted, no effect: Ollama does not constrain calls that the model makes of its own accord.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool? Strict { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
