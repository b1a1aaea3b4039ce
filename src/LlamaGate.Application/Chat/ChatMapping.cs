using AutoMapper;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Domain.Chat;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Chat;

/// <summary>OpenAI's request → the domain's: the unions and renames that are no matter of flat members. The request is valid.</summary>
internal static class ChatMapping
{
    public static ChatRequest ToDomain(ChatCompletionRequest request, IMapper mapper) =>
        new(request.Model!, ToMessages(request.Messages!), mapper.Map<GenerationOptions>(request))
        {
            Tools = ToTools(request),
            Format = ToFormat(request.ResponseFormat),
            Think = ThinkMapping.ToThinkLevel(request.Think, request.ReasoningEffort),
            KeepAlive = request.KeepAlive,
            Logprobs = request.Logprobs,
            TopLogprobs = request.TopLogprobs,
        };

    internal static IReadOnlyList<ToolDefinition> ToTools(ChatCompletionRequest request)
    {
        if ((request.ToolChoice ?? request.FunctionCall)?.Mode == ToolChoice.None)
        {
            return [];
        }

        var functions = request.Functions is { Count: > 0 } older ? older : request.Tools?.Select(tool => tool!.Function);
        return functions is null ? [] : [.. functions.Select(f => new ToolDefinition(f!.Name!, f.Description, f.Parameters))];
    }

    internal static ResponseFormat? ToFormat(ResponseFormatParam? format) => format?.Type switch
    {
        ResponseFormatParam.JsonObject => new ResponseFormat(null),
        ResponseFormatParam.Schema => new ResponseFormat(format.JsonSchema!.Schema),
        _ => null,
    };

    internal static IReadOnlyList<ChatMessage> ToMessages(IReadOnlyList<ChatCompletionRequestMessage?> messages)
    {
        var result = new List<ChatMessage>(messages.Count);
        Dictionary<string, string>? calledNames = null;
        foreach (var message in messages)
        {
            var calls = ToToolCalls(message!);
            foreach (var call in calls)
            {
                (calledNames ??= new(StringComparer.Ordinal))[call.Id] = call.Name;
            }

            result.Add(ToMessage(message!, calls, calledNames));
        }

        return result;
    }

    private static ChatMessage ToMessage(
        ChatCompletionRequestMessage message, IReadOnlyList<ToolCall> calls, Dictionary<string, string>? calledNames) =>
        new(ToRole(message.Role!), ToContentParts(message))
        {
            Thinking = message.ReasoningContent ?? message.Reasoning,
            ToolCalls = calls,
            ToolCallId = message.ToolCallId,
            ToolName = message.Role switch
            {
                "function" => message.Name,
                "tool" => calledNames?.GetValueOrDefault(message.ToolCallId!),
                _ => null,
            },
        };

    internal static ChatRole ToRole(string role) => role switch
    {
        "system" or "developer" => ChatRole.System,
        "user" => ChatRole.User,
        "assistant" => ChatRole.Assistant,
        "tool" or "function" => ChatRole.Tool,
        _ => throw new ArgumentOutOfRangeException(nameof(role), "The validator lets no other role pass."),
    };

    internal static IReadOnlyList<ContentPart> ToContentParts(ChatCompletionRequestMessage message) => message.Content switch
    {
        { Text: { } text } => [new TextPart(text)],
        { Parts: { } parts } => [.. parts.Select(ToContentPart)],
        _ => message.Refusal is { } refusal ? [new TextPart(refusal)] : [],
    };

    private static ContentPart ToContentPart(MessageContentPart? part) => part!.Type switch
    {
        "text" => new TextPart(part.Text!.Value),
        "refusal" => new TextPart(part.Refusal!),
        "image_url" => new ImagePart(ImageDataUri.ToBase64(part.ImageUrl!.Url!.Value)),
        _ => throw new ArgumentOutOfRangeException(nameof(part), "The validator lets no other part pass."),
    };

    private static IReadOnlyList<ToolCall> ToToolCalls(ChatCompletionRequestMessage message)
    {
        if (message.ToolCalls is { Count: > 0 } calls)
        {
            return [.. calls.Select(call => new ToolCall(call!.Id ?? "", call.Function!.Name!, call.Function.Arguments!))];
        }

        return message.FunctionCall is { } call ? [new ToolCall("", call.Name!, call.Arguments!)] : [];
    }
}
