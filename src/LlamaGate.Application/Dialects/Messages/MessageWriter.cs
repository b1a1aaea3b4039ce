using System.Text.Json;
using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>The domain's answer → Anthropic's message.</summary>
/// <param name="request">Valid.</param>
public sealed class MessageWriter(CreateMessageRequest request) : IAnswerWriter
{
    private readonly MessageForm _form = MessageForm.Of(request);

    public void Write(Utf8JsonWriter json, ConversationAnswer answer) =>
        JsonSerializer.Serialize(json, ToWire(answer), MessagesJsonContext.Instance.MessageAnswer);

    private MessageAnswer ToWire(ConversationAnswer answer)
    {
        var choice = answer.Choices[0];
        var calls = _form.NewCallLimit().Take(choice.ToolCalls);
        return MessageForm.Begin(request) with
        {
            Content = MessageTools.IsSearchOnly(request) ? MessageForm.Unavailable(request) : ToContent(choice, calls),
            StopReason = MessageForm.ToStopReason(choice.FinishReason, called: calls.Count > 0),
            Usage = MessageUsage.Of(answer.Usage),
        };
    }

    private List<MessageBlock> ToContent(AnswerChoice choice, IReadOnlyList<ToolCall> calls)
    {
        var content = new List<MessageBlock>();
        if (_form.ShowsThinking && choice.Thinking is { Length: > 0 } thinking)
        {
            content.Add(_form.OmitsThinking
                ? MessageForm.Thought("", ReasoningSeal.Seal(thinking))
                : MessageForm.Thought(thinking, ReasoningSeal.Mark));
        }

        // Something is there, if an empty text.
        if (choice.Content.Length > 0 || (content.Count == 0 && calls.Count == 0))
        {
            content.Add(MessageForm.Text(choice.Content));
        }

        content.AddRange(calls.Select(call =>
            MessageForm.Call(call) with { Input = JsonElement.Parse(ToolArguments.ToObject(call.Arguments), ContractSerialization.DocumentOptions) }));
        return content;
    }
}
