using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Validation;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>The allowed roles and what each may contain; plain code, since it runs for every message of a history.</summary>
internal static class ChatMessageRules
{
    public static RuleFailure? FirstFailure(IReadOnlyList<ChatCompletionRequestMessage?>? messages)
    {
        if (messages is null or { Count: 0 })
        {
            return new("messages", "messages is required and needs at least one message.");
        }

        for (var i = 0; i < messages.Count; i++)
        {
            if (IsPlain(messages[i]))
            {
                continue;
            }

            if (FirstFailure(messages[i], $"messages[{i}]") is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>The most common messages need no error path.</summary>
    private static bool IsPlain(ChatCompletionRequestMessage? message) => message is
    {
        Role: "system" or "user" or "assistant", Content.Text: not null, ToolCalls: null, FunctionCall: null,
    };

    private static RuleFailure? FirstFailure(ChatCompletionRequestMessage? message, string path)
    {
        if (message is null)
        {
            return new(path, "A message must be an object with role and content.");
        }

        if (message.Role is not ("system" or "developer" or "user" or "assistant" or "tool" or "function"))
        {
            return new($"{path}.role", "role must be system, developer, user, assistant, tool or function.");
        }

        return CheckCalls(message, path) ?? CheckContent(message, path);
    }

    private static RuleFailure? CheckCalls(ChatCompletionRequestMessage message, string path)
    {
        if (message.Role == "tool" && string.IsNullOrEmpty(message.ToolCallId))
        {
            return new($"{path}.tool_call_id", "A tool's message needs tool_call_id, the id of the call it answers.");
        }

        if (message.Role == "function" && string.IsNullOrEmpty(message.Name))
        {
            return new($"{path}.name", "A function's message needs name, the function it answers for.");
        }

        if (message.Role != "assistant")
        {
            // Calls of another role have no meaning, and the mapping leaves them out.
            return null;
        }

        for (var i = 0; i < (message.ToolCalls?.Count ?? 0); i++)
        {
            if (!ChatTools.IsForeign(message.ToolCalls![i]) && CheckCall(message.ToolCalls[i]?.Function, $"{path}.tool_calls[{i}].function") is { } failure)
            {
                return failure;
            }
        }

        return message.FunctionCall is { } call ? CheckCall(call, $"{path}.function_call") : null;
    }

    private static RuleFailure? CheckCall(FunctionCallParam? call, string path)
    {
        if (call is null)
        {
            return new(path, "A call needs its function's name and arguments.");
        }

        return string.IsNullOrEmpty(call.Name) ? new($"{path}.name", "A call needs its function's name.") : null;
    }

    private static RuleFailure? CheckContent(ChatCompletionRequestMessage message, string path)
    {
        // Clients keep a turn that was stopped while the model was still thinking, and a tool may return nothing.
        var mayLackContent = message.Role is "assistant" or "tool" or "function";
        return message.Content switch
        {
            null or { Parts.Count: 0 } => mayLackContent
                ? null
                : new($"{path}.content", "content is required, except in assistant and tool messages."),
            { Parts: { } parts } => CheckParts(message.Role!, parts, $"{path}.content"),
            _ => null,
        };
    }

    private static RuleFailure? CheckParts(string role, IReadOnlyList<MessageContentPart?> parts, string path)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (CheckPart(role, parts[i], $"{path}[{i}]") is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private static RuleFailure? CheckPart(string role, MessageContentPart? part, string path) => part switch
    {
        { Type: "text", Text: not null } => null,
        _ when role is "assistant" or "tool" or "function" => null,
        { Type: "text" } => new($"{path}.text", "A text part needs its text."),
        { Type: "image_url" } when role is "user" => CheckImage(part.ImageUrl, $"{path}.image_url"),
        { Type: "image_url" } => new($"{path}.type", "Images are allowed only in a user message or a tool's result."),
        { Type: "input_audio" or "file" } => new(
            $"{path}.type", $"{part.Type} parts are not supported; use text or image_url.", GatewayError.UnsupportedContentPart),
        _ => new($"{path}.type", "A part's type must be text or image_url."),
    };

    private static RuleFailure? CheckImage(ImageUrlParam? image, string path) => ImageDataUri.Fault(image?.Url) is { } fault
        ? new($"{path}.url", fault, GatewayError.UnsupportedImageUrl)
        : null;
}
