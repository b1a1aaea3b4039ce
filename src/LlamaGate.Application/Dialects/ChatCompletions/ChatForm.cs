using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>The form in which a caller wants its answer, streamed or not.</summary>
/// <param name="UsesFunctions">Tools were offered in the legacy form, so a call is returned as <c>function_call</c>.</param>
/// <param name="OneCall">The caller accepts at most one call.</param>
internal readonly record struct ChatForm(bool UsesFunctions, bool OneCall)
{
    public static ChatForm Of(ChatCompletionRequest request)
    {
        var usesFunctions = request.Functions is { Count: > 0 };
        return new ChatForm(usesFunctions, usesFunctions || request.ParallelToolCalls is false);
    }

    /// <summary>An OpenAI chat id: <c>chatcmpl-</c> and 24 random letters and digits.</summary>
    public static string NewId() => "chatcmpl-" + RandomIds.New();

    public static ChatCompletionToolCall ToToolCall(ToolCall call, int? index) =>
        new() { Index = index, Id = CallIds.Of(call.Id), Function = ToFunctionCall(call) };

    public static FunctionCall ToFunctionCall(ToolCall call) => new(call.Name, call.Arguments);

    public CallLimit NewCallLimit() => new(OneCall);

    /// <summary>A model that reached the token limit has not finished its calls, so length stays length.</summary>
    public string ToFinishReason(FinishReason? reason, bool called) => reason switch
    {
        FinishReason.Length => "length",
        _ when called => UsesFunctions ? "function_call" : "tool_calls",
        _ => "stop",
    };
}
