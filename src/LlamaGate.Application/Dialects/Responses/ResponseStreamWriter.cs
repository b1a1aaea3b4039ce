using System.Text;
using LlamaGate.Application.Chat;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Responses.Contracts;
using LlamaGate.Domain.Chat;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Responses;

/// <summary>
/// Turns a model's updates into OpenAI's events in OpenAI's order, and into the response that they amount to. Items follow one
/// another: what comes next closes what was open. Used by one answer, by one thread at a time.
/// </summary>
/// <param name="template">The response as it begins.</param>
/// <param name="form">What the request says about the form of its answer.</param>
/// <param name="output">Takes the events; whoever hands them on empties it.</param>
internal sealed class ResponseEventSequence(ResponseObject template, AnswerForm form, List<ResponseStreamEvent> output)
{
    private readonly List<ResponseOutputItem> _items = [];
    private readonly StringBuilder _text = new();
    private readonly List<ChatTokenLogprob> _logprobs = [];
    private ResponseOutputItem? _open;
    private int _sequenceNumber;
    private int _calls;

    /// <summary>The response as it begins.</summary>
    public void Start()
    {
        output.Add(Event(ResponseStreamEvent.Created) with { Response = template });
        output.Add(Event(ResponseStreamEvent.InProgress) with { Response = template });
    }

    /// <summary>Adds what came to the answer, be it a piece or the whole.</summary>
    public void Append(ChatUpdate update)
    {
        Think(update.Thinking ?? "");
        // A thought's log probabilities have no place in a response.
        var logprobs = string.IsNullOrEmpty(update.Thinking) || update.Content.Length > 0
            ? ChatAnswerMapping.ToLogprobs(update.Logprobs)?.Content ?? []
            : [];
        Say(update.Content, logprobs);
        foreach (var call in form.Limit(update.ToolCalls, _calls))
        {
            // The token limit may have cut a required call, whose arguments then are no JSON.
            var isCut = update.FinishReason == FinishReason.Length && !ToolArguments.IsObject(call.Arguments);
            Call(ChatAnswerMapping.ToCallId(call.Id), call.Name, call.Arguments, StatusOf(isCut));
        }
    }

    /// <summary>Adds to what the model thinks.</summary>
    public void Think(string delta)
    {
        if (delta.Length == 0)
        {
            return;
        }

        if (_open is not ResponseReasoningItem)
        {
            var item = new ResponseReasoningItem { Id = "rs_" + RandomIds.New(), Status = ResponseObject.InProgress, Summary = [] };
            Open(item);
            output.Add(SummaryEvent(ResponseStreamEvent.SummaryPartAdded) with { Part = ResponseOutputPart.Thought("") });
        }

        _text.Append(delta);
        output.Add(SummaryEvent(ResponseStreamEvent.SummaryDelta) with { Delta = delta });
    }

    /// <summary>Adds to what the model says. Log probabilities may come with no text (a token held back): they must not get lost.</summary>
    public void Say(string delta, IReadOnlyList<ChatTokenLogprob> logprobs)
    {
        if (delta.Length == 0 && (logprobs.Count == 0 || _open is not ResponseOutputMessage))
        {
            return;
        }

        if (_open is not ResponseOutputMessage)
        {
            OpenMessage();
        }

        _text.Append(delta);
        _logprobs.AddRange(logprobs);
        output.Add(PartEvent(ResponseStreamEvent.TextDelta) with { Delta = delta, Logprobs = logprobs });
    }

    /// <summary>Adds a call, which always comes whole.</summary>
    public void Call(string callId, string name, string arguments, string status)
    {
        _calls++;
        var call = new ResponseFunctionCall
        {
            Id = "fc_" + RandomIds.New(),
            Status = ResponseObject.InProgress,
            CallId = callId,
            Name = name,
            Arguments = "",
        };
        Open(call);
        output.Add(ItemEvent(ResponseStreamEvent.ArgumentsDelta) with { Delta = arguments });
        output.Add(ItemEvent(ResponseStreamEvent.ArgumentsDone) with { Name = name, Arguments = arguments });
        Close(call with { Arguments = arguments, Status = status });
    }

    /// <summary>Ends the answer and gives the response that it is.</summary>
    /// <param name="completedAt">Unix seconds.</param>
    public ResponseObject End(FinishReason? reason, TokenUsage? usage, long completedAt)
    {
        var isCut = reason == FinishReason.Length;
        if (!isCut && !_items.Concat([_open]).Any(item => item is ResponseOutputMessage or ResponseFunctionCall))
        {
            // An answer is there, if an empty one.
            OpenMessage();
        }

        CloseOpen(StatusOf(isCut));
        var response = template with
        {
            Status = StatusOf(isCut),
            CompletedAt = isCut ? null : completedAt,
            IncompleteDetails = isCut ? new IncompleteDetails("max_output_tokens") : null,
            Output = [.. _items],
            Usage = usage is null ? null : ResponseUsage.Of(usage),
        };
        output.Add(Event(isCut ? ResponseStreamEvent.Incomplete : ResponseStreamEvent.Completed) with { Response = response });
        return response;
    }

    private static string StatusOf(bool isCut) => isCut ? ResponseObject.Incomplete : ResponseObject.Completed;

    private void OpenMessage()
    {
        Open(new ResponseOutputMessage { Id = "msg_" + RandomIds.New(), Status = ResponseObject.InProgress, Content = [] });
        output.Add(PartEvent(ResponseStreamEvent.PartAdded) with { Part = ResponseOutputPart.Said("", []) });
    }

    private void Open(ResponseOutputItem item)
    {
        CloseOpen(ResponseObject.Completed);
        _open = item;
        output.Add(Event(ResponseStreamEvent.ItemAdded) with { OutputIndex = _items.Count, Item = item });
    }

    private void CloseOpen(string status)
    {
        var text = _text.ToString();
        switch (_open)
        {
            case ResponseReasoningItem item:
                var thought = ResponseOutputPart.Thought(text);
                output.Add(SummaryEvent(ResponseStreamEvent.SummaryDone) with { Text = text });
                output.Add(SummaryEvent(ResponseStreamEvent.SummaryPartDone) with { Part = thought });
                Close(item with { Status = status, Summary = [thought] });
                break;
            case ResponseOutputMessage item:
                var logprobs = _logprobs.ToArray();
                var part = ResponseOutputPart.Said(text, logprobs);
                output.Add(PartEvent(ResponseStreamEvent.TextDone) with { Text = text, Logprobs = logprobs });
                output.Add(PartEvent(ResponseStreamEvent.PartDone) with { Part = part });
                Close(item with { Status = status, Content = [part] });
                break;
        }
    }

    private void Close(ResponseOutputItem item)
    {
        output.Add(Event(ResponseStreamEvent.ItemDone) with { OutputIndex = _items.Count, Item = item });
        _items.Add(item);
        _open = null;
        _text.Clear();
        _logprobs.Clear();
    }

    private ResponseStreamEvent Event(string type) => new() { Type = type, SequenceNumber = _sequenceNumber++ };

    private ResponseStreamEvent ItemEvent(string type) => Event(type) with { ItemId = _open!.Id, OutputIndex = _items.Count };

    private ResponseStreamEvent SummaryEvent(string type) => ItemEvent(type) with { SummaryIndex = 0 };

    private ResponseStreamEvent PartEvent(string type) => ItemEvent(type) with { ContentIndex = 0 };
}
