using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>The form in which a caller wants its answer, streamed or not.</summary>
/// <param name="ShowsThinking">The caller asked for thoughts. Clients that did not read the first block as the answer's text.</param>
/// <param name="OmitsThinking">It wants them in the signature only.</param>
/// <param name="OneCall">It takes one call at most.</param>
internal readonly record struct MessageForm(bool ShowsThinking, bool OmitsThinking, bool OneCall)
{
    private const string CallPrefix = "toolu_";
    private const string OllamasPrefix = "call_";

    public static MessageForm Of(CreateMessageRequest request) => new(
        ShowsThinking: request.Thinking?.Type is "enabled" or "adaptive",
        OmitsThinking: request.Thinking?.Display == "omitted",
        OneCall: request.ToolChoice?.DisableParallelToolUse is true);

    /// <summary>The message before it has any content.</summary>
    public static MessageAnswer Begin(CreateMessageRequest request) => new()
    {
        Id = "msg_" + RandomIds.New(),
        // Not null: the validator lets no request without a model pass.
        Model = request.Model!,
        Content = [],
        Usage = MessageUsage.Of(usage: null),
    };

    public static MessageBlock Text(string text) => new() { Type = BlockTypes.Text, Text = text };

    public static MessageBlock Thought(string text, string signature) =>
        new() { Type = BlockTypes.Thinking, Thinking = text, Signature = signature };

    /// <summary>What is answered in place of a search of the web, when nothing else is offered.</summary>
    public static IReadOnlyList<MessageBlock> Unavailable(CreateMessageRequest request)
    {
        var name = MessageTools.SearchName(request);
        var id = "srvtoolu_" + RandomIds.New();
        return
        [
            new MessageBlock { Type = "server_tool_use", Id = id, Name = name, Input = Json.EmptyObject, Caller = MessageCaller.Direct },
            new MessageBlock
            {
                Type = $"{name}_tool_result",
                Caller = MessageCaller.Direct,
                ToolUseId = id,
                Content = new ServerToolError($"{name}_tool_result_error", "unavailable"),
            },
        ];
    }

    /// <summary>A call without its input.</summary>
    public static MessageBlock Call(ToolCall call) => new()
    {
        Type = BlockTypes.ToolUse,
        Id = ToCallId(call.Id),
        Name = call.Name,
        Input = Json.EmptyObject,
        Caller = MessageCaller.Direct,
    };

    /// <summary>A model that was cut short has not finished its calls.</summary>
    public static string ToStopReason(FinishReason? reason, bool called) => reason switch
    {
        FinishReason.Length => "max_tokens",
        _ when called => "tool_use",
        _ => "end_turn",
    };

    public CallLimit NewCallLimit() => new(OneCall);

    private static string ToCallId(string id) => CallPrefix + id switch
    {
        "" => RandomIds.New(),
        _ when id.StartsWith(OllamasPrefix, StringComparison.Ordinal) => id[OllamasPrefix.Length..],
        _ => id,
    };

    private static class Json
    {
        public static readonly System.Text.Json.JsonElement EmptyObject = System.Text.Json.JsonElement.Parse("{}");
    }
}
