using System.Text;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>The events of thoughts and messages, whose text comes piece by piece. At most one of them is open.</summary>
/// <param name="isSealed">See <see cref="ResponseReasoningItem.EncryptedContent"/>.</param>
internal sealed class ResponseTextEvents(ResponseEvents events, bool isSealed)
{
    private readonly StringBuilder _text = new();
    private readonly List<ChatTokenLogprob> _logprobs = [];
    private ResponseOutputItem? _open;

    public bool HasMessage => _open is ResponseOutputMessage;

    public void Think(SseWriter output, string delta)
    {
        if (_open is not ResponseReasoningItem)
        {
            var item = ResponseReasoningItem.Begin();
            Open(output, item);
            ResponseEvents.Send(output, Summary(ResponseStreamEvent.SummaryPartAdded, item) with { Part = ResponseOutputPart.Thought("") });
        }

        _text.Append(delta);
        events.SendDelta(output, _open!, delta, logprobs: null);
    }

    public void Say(SseWriter output, string delta, IReadOnlyList<ChatTokenLogprob> logprobs)
    {
        if (!HasMessage)
        {
            OpenMessage(output);
        }

        _text.Append(delta);
        _logprobs.AddRange(logprobs);
        events.SendDelta(output, _open!, delta, logprobs);
    }

    public void OpenMessage(SseWriter output)
    {
        var item = ResponseOutputMessage.Begin();
        Open(output, item);
        ResponseEvents.Send(output, Content(ResponseStreamEvent.PartAdded, item) with { Part = ResponseOutputPart.Said("", []) });
    }

    /// <summary>Ends what is open, if anything is.</summary>
    public void Close(SseWriter output, string status)
    {
        var text = _text.ToString();
        switch (_open)
        {
            case ResponseReasoningItem item:
                var thought = item.End(text, status, isSealed);
                ResponseEvents.Send(output, Summary(ResponseStreamEvent.SummaryDone, item) with { Text = text });
                ResponseEvents.Send(output, Summary(ResponseStreamEvent.SummaryPartDone, item) with { Part = thought.Summary[0] });
                events.Close(output, thought);
                break;
            case ResponseOutputMessage item:
                var message = item.End(text, [.. _logprobs], status);
                var part = message.Content[0];
                ResponseEvents.Send(output, Content(ResponseStreamEvent.TextDone, item) with { Text = text, Logprobs = part.Logprobs });
                ResponseEvents.Send(output, Content(ResponseStreamEvent.PartDone, item) with { Part = part });
                events.Close(output, message);
                break;
        }

        _open = null;
        _text.Clear();
        _logprobs.Clear();
    }

    private void Open(SseWriter output, ResponseOutputItem item)
    {
        Close(output, ResponseObject.Completed);
        _open = item;
        events.Open(output, item);
    }

    private ResponseStreamEvent Summary(string type, ResponseOutputItem item) => events.ItemEvent(type, item) with { SummaryIndex = 0 };

    private ResponseStreamEvent Content(string type, ResponseOutputItem item) => events.ItemEvent(type, item) with { ContentIndex = 0 };
}
