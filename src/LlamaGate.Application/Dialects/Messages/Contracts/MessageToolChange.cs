using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Dialects.Messages.Contracts;

/// <summary>The tool that a <c>tool_addition</c> offers, or a <c>tool_removal</c> takes away.</summary>
public sealed record MessageToolChange
{
    public const string Reference = "tool_reference";
    public const string ToolDefinition = "tool_definition";

    /// <summary>tool_reference or tool_definition. Tools of other types are left out and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    public string? Type { get; set; }

    /// <summary>With tool_reference: the name of a tool in <c>tools</c>, or of one that was defined before.</summary>
    public string? Name { get; set; }

    /// <summary>With tool_definition: the tool.</summary>
    public MessageTool? Definition { get; set; }

    /// <summary>The name of a tool of the caller's; null for any other.</summary>
    internal string? ToolName => Type switch
    {
        Reference => Name,
        ToolDefinition => Definition?.Name,
        _ => null,
    };

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
