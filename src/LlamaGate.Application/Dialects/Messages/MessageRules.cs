using System.Text.Json;
using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Application.Validation;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>Anthropic's rules for a conversation. What an assistant or a tool has said before is taken as far as it has a meaning.</summary>
internal static class MessageRules
{
    public static RuleFailure? FirstFailure(MessagePrompt request) =>
        GenerationRules.Model(request.Model)
        ?? Thread(request.Thread)
        ?? System(request.System)
        ?? Messages(request.Messages)
        ?? MessageToolRules.FirstFailure(request)
        ?? Thinking(request.Thinking)
        ?? Format(request.OutputConfig?.Format);

    /// <summary>Later turns of a thread have the new messages only, so a model would not see the conversation.</summary>
    private static RuleFailure? Thread(JsonElement? thread) => thread is null or { ValueKind: JsonValueKind.Null }
        ? null
        : new(
            "thread",
            "thread is not supported: this gateway keeps no messages between requests. Send the whole conversation in messages, without "
                + "thread; for toolRunner of Anthropic's SDK, set thread: false.",
            GatewayError.ThreadUnsupported);

    private static RuleFailure? System(MessageText? system) => system is { Text: null, Blocks: null }
        ? new("system", "system must be a string or an array of text blocks.")
        : Blocks(system, role: null, "system");

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
        _ => Blocks(message.Content, message.Role, $"{path}.content"),
    };

    private static RuleFailure? Blocks(MessageText? content, string? role, string path)
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
        BlockTypes.ToolAddition or BlockTypes.ToolRemoval => MessageToolRules.Change(block.Tool, $"{path}.tool"),
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

    private static RuleFailure? Thinking(MessageThinking? thinking) =>
        thinking is { Type: not ("enabled" or "adaptive" or "disabled") }
            ? new("thinking.type", "thinking.type must be enabled, adaptive or disabled.")
            : null;

    private static RuleFailure? Format(MessageFormat? format) =>
        format is not null and not { Type: "json_schema", Schema.ValueKind: JsonValueKind.Object }
            ? new("output_config.format", "output_config.format needs the type json_schema and its schema, a JSON object.")
            : null;
}
