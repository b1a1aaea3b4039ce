using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Domain.Chat;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Chat;

/// <summary>The domain's answer → OpenAI's members that plain and streamed answers share.</summary>
internal static class ChatAnswerMapping
{
    private const string CallIdPrefix = "call_";

    public static ChatCompletionChoice ToChoice(ChatUpdate answer, int choice, AnswerForm form)
    {
        var message = ToMessage(answer, form);
        var called = message.ToolCalls is not null || message.FunctionCall is not null;
        return new ChatCompletionChoice
        {
            Index = choice,
            Message = message,
            Logprobs = ToLogprobs(answer.Logprobs),
            FinishReason = ToFinishReason(answer.FinishReason, called, form),
        };
    }

    internal static ChatCompletionMessage ToMessage(ChatUpdate answer, AnswerForm form)
    {
        var calls = form.Limit(answer.ToolCalls, alreadyGiven: 0);
        var thinking = string.IsNullOrEmpty(answer.Thinking) ? null : answer.Thinking;
        return new ChatCompletionMessage
        {
            Content = answer.Content.Length == 0 && calls.Count > 0 ? null : answer.Content,
            ReasoningContent = thinking,
            Reasoning = thinking,
            ToolCalls = calls.Count > 0 && !form.UsesFunctions ? [.. calls.Select(call => ToToolCall(call, index: null))] : null,
            FunctionCall = calls.Count > 0 && form.UsesFunctions ? ToFunctionCall(calls[0]) : null,
        };
    }

    public static ChatCompletionToolCall ToToolCall(ToolCall call, int? index) =>
        new() { Index = index, Id = ToCallId(call.Id), Function = ToFunctionCall(call) };

    public static FunctionCall ToFunctionCall(ToolCall call) => new(call.Name, call.Arguments);

    /// <summary>A model that was cut short has not finished its calls, so length stays length.</summary>
    public static string ToFinishReason(FinishReason? reason, bool called, AnswerForm form) => reason switch
    {
        FinishReason.Length => "length",
        _ when called => form.UsesFunctions ? "function_call" : "tool_calls",
        _ => "stop",
    };

    public static ChoiceLogprobs? ToLogprobs(IReadOnlyList<TokenLogprob>? tokens) =>
        tokens is null ? null : new ChoiceLogprobs { Content = [.. tokens.Select(ToLogprob)] };

    private static ChatTokenLogprob ToLogprob(TokenLogprob token) => new()
    {
        Token = token.Token,
        Logprob = token.Logprob,
        Bytes = token.Bytes,
        TopLogprobs = [.. token.TopLogprobs.Select(top => new ChatTokenLogprob { Token = top.Token, Logprob = top.Logprob, Bytes = top.Bytes })],
    };

    /// <summary>OpenAI's call ids start with <c>call_</c>; jinja models give bare ones and may give none.</summary>
    public static string ToCallId(string id) => id switch
    {
        "" => CallIdPrefix + RandomIds.New(),
        _ when id.StartsWith(CallIdPrefix, StringComparison.Ordinal) => id,
        _ => CallIdPrefix + id,
    };
}
