using System.Text.Json;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>The domain's answer → OpenAI's <c>chat.completion</c>.</summary>
public sealed class ChatCompletionWriter(ChatCompletionRequest request, TimeProvider timeProvider) : IAnswerWriter
{
    private readonly ChatForm _form = ChatForm.Of(request);

    public void Write(Utf8JsonWriter json, ConversationAnswer answer) => ChatJsonContext.Write(json, ToWire(answer));

    internal ChatCompletion ToWire(ConversationAnswer answer)
    {
        var choices = new ChatCompletionChoice[answer.Choices.Count];
        for (var choice = 0; choice < choices.Length; choice++)
        {
            choices[choice] = ToChoice(answer.Choices[choice], choice);
        }

        return new ChatCompletion
        {
            Id = ChatForm.NewId(),
            Created = timeProvider.GetUtcNow().ToUnixTimeSeconds(),
            // Not null: the validator refuses a chat without a model.
            Model = request.Model!,
            Choices = choices,
            Usage = CompletionUsage.Of(answer.Usage),
        };
    }

    private ChatCompletionChoice ToChoice(AnswerChoice answer, int choice)
    {
        var calls = _form.NewCallLimit().Take(answer.ToolCalls);
        return new ChatCompletionChoice
        {
            Index = choice,
            Message = ToMessage(answer, calls),
            Logprobs = TokenLogprobs.ToWire(answer.Logprobs) is { } tokens ? new ChoiceLogprobs { Content = tokens } : null,
            FinishReason = _form.ToFinishReason(answer.FinishReason, called: calls.Count > 0),
        };
    }

    private ChatCompletionMessage ToMessage(AnswerChoice answer, IReadOnlyList<ToolCall> calls) => new()
    {
        Content = answer.Content.Length == 0 && calls.Count > 0 ? null : answer.Content,
        ReasoningContent = answer.Thinking,
        Reasoning = answer.Thinking,
        ToolCalls = calls.Count > 0 && !_form.UsesFunctions ? [.. calls.Select(call => ChatForm.ToToolCall(call, index: null))] : null,
        FunctionCall = calls.Count > 0 && _form.UsesFunctions ? ChatForm.ToFunctionCall(calls[0]) : null,
    };
}
