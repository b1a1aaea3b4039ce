using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>OpenAI's request → the domain's: unions and renames, that is, everything but flat members. The request is valid.</summary>
internal static class ChatCompletionMapping
{
    public static ConversationBatch ToBatch(ChatCompletionRequest request, DomainMapper mapper)
    {
        var choice = request.ToolChoice ?? request.FunctionCall;
        var prompt = new ChatPrompt(ToMessages(request.Messages!))
        {
            Tools = ToolChoiceMapping.Apply(choice, ToTools(request)),
            MustCall = ToolChoiceMapping.MustCall(choice),
            Format = ChatFormat.ToFormat(request.ResponseFormat),
        };
        var effort = ChatEffort.Of(request);
        var generation = new ConversationRequest(mapper.ToModel(request.Model!), prompt, mapper.ToOptions(request))
        {
            Think = ThinkMapping.ToThinkLevel(request.Think, effort),
            // A program that sends Ollama's own field does so on purpose.
            IsThinkOptional = effort is not null && request.Think is null,
            KeepAlive = request.KeepAlive,
            Logprobs = request.Logprobs,
            TopLogprobs = request.TopLogprobs,
            Priority = ServiceTier.ToPriority(request.ServiceTier),
        };
        return new ConversationBatch(generation, request.N ?? 1);
    }

    private static IReadOnlyList<ToolDefinition> ToTools(ChatCompletionRequest request)
    {
        var functions = ChatTools.Functions(request);
        return functions is null ? [] : [.. functions.Select(f => new ToolDefinition(f!.Name!, f.Description, f.Parameters))];
    }

    internal static IReadOnlyList<Message> ToMessages(IReadOnlyList<ChatCompletionRequestMessage?> messages)
    {
        var result = new List<Message>(messages.Count);
        var called = new CalledTools();
        foreach (var message in messages)
        {
            var calls = ToToolCalls(message!);
            called.AddTurn(calls);
            result.Add(ToMessage(message!, calls, called));
        }

        return ToolImages.Place(result);
    }

    private static Message ToMessage(
        ChatCompletionRequestMessage message, IReadOnlyList<ToolCall> calls, CalledTools called) =>
        new(ToRole(message.Role!), ToContentParts(message))
        {
            Thinking = message.Role == "assistant" ? message.ReasoningContent ?? message.Reasoning : null,
            ToolCalls = calls,
            ToolCallId = message.Role == "tool" ? message.ToolCallId : null,
            ToolName = message.Role switch
            {
                "function" => message.Name,
                "tool" => called.TakeName(message.ToolCallId!),
                _ => null,
            },
        };

    internal static MessageRole ToRole(string role) => role switch
    {
        "system" or "developer" => MessageRole.System,
        "user" => MessageRole.User,
        "assistant" => MessageRole.Assistant,
        "tool" or "function" => MessageRole.Tool,
        _ => throw new ArgumentOutOfRangeException(nameof(role), "The validator lets no other role pass."),
    };

    internal static IReadOnlyList<Part> ToContentParts(ChatCompletionRequestMessage message) => message.Content switch
    {
        { Text: { } text } => [new TextPart(text)],
        // Without the cast, the other arms would make lists too.
        { Parts: { Count: > 0 } parts } => (IReadOnlyList<Part>)ToContentParts(parts, message.Role!),
        _ => message is { Role: "assistant", Refusal: { } refusal } ? [new TextPart(refusal)] : [],
    };

    private static List<Part> ToContentParts(IReadOnlyList<MessageContentPart?> parts, string role)
    {
        var ofTool = ToRole(role) is MessageRole.Tool;
        var kept = new List<Part>(parts.Count);
        foreach (var part in parts)
        {
            if (ChatHistoryParts.LeftOutName(role, part) is not { } name)
            {
                kept.Add(ToContentPart(part!, ofTool));
            }
            else if (ofTool && LeftOutParts.FindNote(name) is { } note)
            {
                kept.Add(note);
            }
        }

        return kept;
    }

    /// <param name="ofTool">A tool's image stays in the history for good, so a model that cannot see does without it.</param>
    private static Part ToContentPart(MessageContentPart part, bool ofTool) => part.Type switch
    {
        "text" => new TextPart(part.Text!.Value),
        "refusal" => new TextPart(part.Refusal!),
        "image_url" => new ImagePart(ImageDataUri.ToBase64(part.ImageUrl!.Url!.Value)) { IsOptional = ofTool },
        _ => throw new ArgumentOutOfRangeException(nameof(part), "The validator lets no other part pass."),
    };

    private static IReadOnlyList<ToolCall> ToToolCalls(ChatCompletionRequestMessage message)
    {
        // Calls of another role have not been validated.
        if (message.Role != "assistant")
        {
            return [];
        }

        if (message.ToolCalls is { Count: > 0 } calls)
        {
            return [.. calls.Where(call => ChatTools.AsFunction(call) is not null)
                .Select(call => ToToolCall(call!.Id ?? "", ChatTools.AsFunction(call)!))];
        }

        return message.FunctionCall is { } call ? [ToToolCall("", call)] : [];
    }

    private static ToolCall ToToolCall(string id, FunctionCallParam call) =>
        new(id, call.Name!, ToolArguments.ToObject(call.Arguments));
}
