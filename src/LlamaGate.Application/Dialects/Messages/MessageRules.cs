using System.Text.Json;
using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Validation;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>Anthropic's rules for a conversation. What an assistant or a tool has said before is taken as far as it has a meaning.</summary>
internal static class MessageRules
{
    public static RuleFailure? FirstFailure(MessagePrompt request) =>
        GenerationRules.Model(request.Model)
        ?? System(request.System)
        ?? Messages(request.Messages)
        ?? Tools(request)
        ?? Thinking(request.Thinking)
        ?? Format(request.OutputConfig?.Format);

    private static RuleFailure? System(MessageText? system) => system is { Text: null, Blocks: null }
        ? new("system", "system must be a string or an array of text blocks.")
        : Blocks(system, MessageRoles.System, "system");

    private static RuleFailure? Messages(IReadOnlyList<MessageParam?>? messages)
    {
        if (messages is null or { Count: 0 })
        {
            return new("messages", "messages is required and needs at least one message.");
        }

        for (var i = 0; i < messages.Count; i++)
        {
            if (Message(messages[i], $"messages[{i}]") is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private static RuleFailure? Message(MessageParam? message, string path) => message switch
    {
        null => new(path, "A message must be an object with role and content."),
        { Role: not (MessageRoles.User or MessageRoles.Assistant or MessageRoles.System) } =>
            new($"{path}.role", "role must be user, assistant or system."),
        // Clients keep a turn that was stopped before it said anything.
        { Content: null or { Blocks.Count: 0 } } => message.Role == MessageRoles.User
            ? new($"{path}.content", "content is required, except in assistant messages.")
            : null,
        { Content: { Text: null, Blocks: null } } =>
            new($"{path}.content", "content must be a string or an array of blocks."),
        _ => Blocks(message.Content, message.Role!, $"{path}.content"),
    };

    private static RuleFailure? Blocks(MessageText? content, string role, string path)
    {
        for (var i = 0; i < (content?.Blocks?.Count ?? 0); i++)
        {
            var block = content!.Blocks![i];
            if (block?.Type is null)
            {
                return new($"{path}[{i}].type", "A block needs its type.");
            }

            if (BlockTypes.IsKnownIn(role, block.Type) && Block(block, $"{path}[{i}]") is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private static RuleFailure? Block(ContentBlock block, string path) => block.Type switch
    {
        BlockTypes.Text when block.Text is null => new($"{path}.text", "A text block needs its text."),
        BlockTypes.Image => MessageImages.Fault(block.Source) is { } fault
            ? new($"{path}.source", fault, GatewayError.UnsupportedImageUrl)
            : null,
        BlockTypes.Document when MessageDocuments.PartsOf(block) is null => new(
            $"{path}.source", "Files are not supported: a document's source must be of type text.", GatewayError.UnsupportedContentPart),
        BlockTypes.Document => DocumentImages(block, $"{path}.source.content"),
        BlockTypes.ToolUse when string.IsNullOrEmpty(block.Name) => new($"{path}.name", "A call needs the tool's name."),
        BlockTypes.ToolResult => Result(block, path),
        _ => null,
    };

    private static RuleFailure? DocumentImages(ContentBlock document, string path)
    {
        var blocks = MessageDocuments.BlocksOf(document);
        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i] is { Type: BlockTypes.Image } image && MessageImages.Fault(image.Source) is { } fault)
            {
                return new($"{path}[{i}].source", fault, GatewayError.UnsupportedImageUrl);
            }
        }

        return null;
    }

    private static RuleFailure? Result(ContentBlock result, string path)
    {
        if (string.IsNullOrEmpty(result.ToolUseId))
        {
            return new($"{path}.tool_use_id", "A tool's result needs tool_use_id, the id of the call it answers.");
        }

        for (var i = 0; i < (result.Content?.Blocks?.Count ?? 0); i++)
        {
            if (result.Content!.Blocks![i] is { Type: BlockTypes.Text, Text: null } or null)
            {
                return new($"{path}.content[{i}].text", "A text block needs its text.");
            }
        }

        return null;
    }

    private static RuleFailure? Tools(MessagePrompt request)
    {
        for (var i = 0; i < (request.Tools?.Count ?? 0); i++)
        {
            var tool = request.Tools![i];
            if (tool is null)
            {
                return new($"tools[{i}]", "A tool must be an object with name and input_schema.");
            }

            if (MessageTools.IsFunction(tool) && string.IsNullOrWhiteSpace(tool.Name))
            {
                return new($"tools[{i}].name", "A tool needs a name.");
            }

            if (MessageTools.IsFunction(tool) && tool.InputSchema is { ValueKind: not JsonValueKind.Object })
            {
                return new($"tools[{i}].input_schema", "A tool's input_schema must be a JSON schema, an object.");
            }
        }

        return MessageTools.HasForeignOnly(request) && !MessageTools.IsSearchOnly(request)
            ? new("tools[0].type", "No tool of this type runs here: offer a tool with a name and an input_schema.")
            : Choice(request);
    }

    private static RuleFailure? Choice(MessagePrompt request) => request.ToolChoice switch
    {
        null => null,
        { Type: not ("auto" or "any" or "tool" or "none") } => new("tool_choice.type", "tool_choice.type must be auto, any, tool or none."),
        { Type: "tool", Name: null or "" } => new("tool_choice.name", "tool_choice of type tool needs the tool's name."),
        _ when MessageTools.IsSearchOnly(request) || MessageTools.IsChoiceForeign(request) => null,
        _ => ToolRules.Choice(MessageTools.Choice(request), "tool_choice", MessageTools.Visible(request).Select(tool => tool.Name)),
    };

    private static RuleFailure? Thinking(MessageThinking? thinking) =>
        thinking is { Type: not ("enabled" or "adaptive" or "disabled") }
            ? new("thinking.type", "thinking.type must be enabled, adaptive or disabled.")
            : null;

    private static RuleFailure? Format(MessageFormat? format) =>
        format is not null and not { Type: "json_schema", Schema.ValueKind: JsonValueKind.Object }
            ? new("output_config.format", "output_config.format needs the type json_schema and its schema, a JSON object.")
            : null;
}
