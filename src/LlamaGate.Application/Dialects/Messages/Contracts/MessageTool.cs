using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Dialects.Messages.Contracts;

/// <summary>A tool that the model may call.</summary>
public sealed record MessageTool
{
    public const string Custom = "custom";

    /// <summary><c>custom</c> or absent: a function of the caller's. Any other tool is left out and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    public string? Type { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    /// <summary>JSON schema of the input, passed on unchanged.</summary>
    public JsonElement? InputSchema { get; set; }

    /// <summary>True: offered only when a <c>tool_reference</c> or a <c>tool_addition</c> in the conversation names it. Default false.</summary>
    public bool? DeferLoading { get; set; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>What the model may do with its tools.</summary>
public sealed record MessageToolChoice
{
    /// <summary>auto, any, tool or none.</summary>
    public string? Type { get; set; }

    /// <summary>With type tool: the tool to call.</summary>
    public string? Name { get; set; }

    /// <summary>True: at most one call in the answer. Default false.</summary>
    public bool? DisableParallelToolUse { get; set; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
