using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>
/// OpenAI's input items → the conversation. An assistant's turn is one message here and several items there: its
/// thoughts, its text and its calls. The request is valid. What a model cannot be given is left out.
/// </summary>
internal static class ResponseInputMapping
{
    public static IReadOnlyList<Message> ToMessages(string? instructions, IReadOnlyList<ResponseInputItem> input)
    {
        var conversation = new Conversation();
        if (instructions is not null)
        {
            conversation.Say(MessageRole.System, [new TextPart(instructions)]);
        }

        foreach (var item in input)
        {
            Add(conversation, item);
        }

        return ToolImages.Place(conversation.ToMessages());
    }

    private static void Add(Conversation conversation, ResponseInputItem item)
    {
        switch (ResponseItemTypes.Of(item))
        {
            case ResponseItemTypes.Message:
                conversation.Say(ToRole(item.Role!), ToParts(item.Content, item.Role!));
                break;
            case ResponseItemTypes.Reasoning:
                conversation.Think(ToThought(item));
                break;
            case var type when ResponseItemTypes.IsCall(type) && item.CallId is { } callId:
                conversation.Call(ResponseCallMapping.ToCall(item, callId));
                break;
            case var type when ResponseItemTypes.IsOutput(type) && ResponseItemTypes.CallOf(item) is { } callId:
                conversation.Answer(callId, ResponseCallMapping.ToOutput(item) ?? ToParts(item.Output, ResponseHistoryParts.Tool));
                break;
        }
    }

    /// <summary>Of other servers come thoughts whose text is in the content.</summary>
    private static string ToThought(ResponseInputItem item) => item.Summary is { Count: > 0 } summary
        ? string.Join('\n', summary.Select(part => part!.Text))
        : ReasoningSeal.TryOpen(item.EncryptedContent)
            ?? string.Join('\n', from part in item.Content?.Parts ?? [] where part?.Type == "reasoning_text" select part.Text);

    private static MessageRole ToRole(string role) => role switch
    {
        "user" => MessageRole.User,
        "assistant" => MessageRole.Assistant,
        _ => MessageRole.System,
    };

    /// <summary>An assistant or a tool may have said nothing.</summary>
    private static Part[] ToParts(ResponseContent? content, string role) => content?.Text is { } text
        ? [new TextPart(text)]
        : [.. (content?.Parts ?? []).Select(part => ToPart(part, role)).OfType<Part>()];

    private static Part? ToPart(ResponseContentPart? part, string role) => ResponseHistoryParts.LeftOutName(role, part) switch
    {
        null => ToPart(part!, ofTool: role == ResponseHistoryParts.Tool),
        var name => role == ResponseHistoryParts.Tool ? LeftOutParts.FindNote(name) : null,
    };

    private static Part ToPart(ResponseContentPart part, bool ofTool) => part.Type switch
    {
        "input_text" or "output_text" or "text" => new TextPart(part.Text!.Value),
        "refusal" => new TextPart(part.Refusal!),
        "input_image" => new ImagePart(ImageDataUri.ToBase64(part.ImageUrl!.Value)) { IsOptional = ofTool },
        _ => throw new ArgumentOutOfRangeException(nameof(part), "The validator lets no other part pass."),
    };

    /// <summary>Gathers an assistant's items into one turn until someone else speaks.</summary>
    private sealed class Conversation
    {
        private readonly List<Message> _messages = [];
        private readonly CalledTools _called = new();
        private readonly List<ToolCall> _calls = [];
        private IReadOnlyList<Part>? _said;
        private string? _thinking;
        private string? _later;

        public void Say(MessageRole role, IReadOnlyList<Part> content)
        {
            if (role != MessageRole.Assistant)
            {
                EndTurn();
                _messages.Add(new Message(role, content));
                return;
            }

            if (_said is not null || _calls.Count > 0)
            {
                var next = _later;
                _later = null;
                EndTurn();
                _thinking = next;
            }

            _said = content;
        }

        /// <summary>Thoughts between the calls of a turn belong to it; those before another text begin the next one.</summary>
        public void Think(string thinking)
        {
            // An item without a summary only stands for thoughts that the caller was not given.
            if (thinking.Length == 0)
            {
                return;
            }

            if (_said is null && _calls.Count == 0)
            {
                _thinking = Join(_thinking, thinking);
            }
            else
            {
                _later = Join(_later, thinking);
            }
        }

        public void Call(ToolCall call)
        {
            _calls.Add(call);
            TakeLater();
        }

        public void Answer(string callId, IReadOnlyList<Part> output)
        {
            EndTurn();
            _messages.Add(new Message(MessageRole.Tool, output)
            {
                ToolCallId = callId,
                ToolName = _called.TakeName(callId),
            });
        }

        public List<Message> ToMessages()
        {
            EndTurn();
            return _messages;
        }

        private void EndTurn()
        {
            TakeLater();
            if (_said is not null || _thinking is not null || _calls.Count > 0)
            {
                _called.AddTurn(_calls);
                _messages.Add(new Message(MessageRole.Assistant, _said ?? []) { Thinking = _thinking, ToolCalls = [.. _calls] });
            }

            _said = null;
            _thinking = null;
            _calls.Clear();
        }

        private void TakeLater()
        {
            if (_later is { } later)
            {
                (_thinking, _later) = (Join(_thinking, later), null);
            }
        }

        private static string Join(string? before, string thinking) => before is null ? thinking : before + "\n" + thinking;
    }
}
