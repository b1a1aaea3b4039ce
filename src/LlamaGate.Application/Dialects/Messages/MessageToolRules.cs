using System.Text.Json;
using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>Anthropic's rules for tools, for changes of them within a conversation, and for the choice among them.</summary>
internal static class MessageToolRules
{
    public static RuleFailure? FirstFailure(MessagePrompt request)
    {
        for (var i = 0; i < (request.Tools?.Count ?? 0); i++)
        {
            if (Tool(request.Tools![i], $"tools[{i}]") is { } failure)
            {
                return failure;
            }
        }

        return MessageTools.HasForeignOnly(request) && !MessageTools.IsSearchOnly(request)
            ? new("tools[0].type", "No tool of this type runs here: offer a tool with a name and an input_schema.")
            : Choice(request);
    }

    /// <summary>The tool of a <c>tool_addition</c> or a <c>tool_removal</c>.</summary>
    public static RuleFailure? Change(MessageToolChange? change, string path) => change switch
    {
        null => new(path, "A change of tools needs its tool, a tool_reference or a tool_definition."),
        { Type: MessageToolChange.Reference, Name: null or "" } => new($"{path}.name", "A tool_reference needs the tool's name."),
        { Type: MessageToolChange.ToolDefinition } => Tool(change.Definition, $"{path}.definition"),
        _ => null,
    };

    private static RuleFailure? Tool(MessageTool? tool, string path) => tool switch
    {
        null => new(path, "A tool must be an object with name and input_schema."),
        _ when !MessageTools.IsFunction(tool) => null,
        _ when string.IsNullOrWhiteSpace(tool.Name) => new($"{path}.name", "A tool needs a name."),
        { InputSchema: { ValueKind: not JsonValueKind.Object } } =>
            new($"{path}.input_schema", "A tool's input_schema must be a JSON schema, an object."),
        _ => null,
    };

    private static RuleFailure? Choice(MessagePrompt request) => request.ToolChoice switch
    {
        null => null,
        { Type: not ("auto" or "any" or "tool" or "none") } => new("tool_choice.type", "tool_choice.type must be auto, any, tool or none."),
        { Type: "tool", Name: null or "" } => new("tool_choice.name", "tool_choice of type tool needs the tool's name."),
        _ when MessageTools.IsSearchOnly(request) || MessageTools.IsChoiceForeign(request) => null,
        _ => ToolRules.Choice(MessageTools.Choice(request), "tool_choice", MessageTools.Visible(request).Select(tool => tool.Name)),
    };
}
