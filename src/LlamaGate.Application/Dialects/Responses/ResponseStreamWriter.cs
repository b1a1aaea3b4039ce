using System.Buffers;
using System.Text;
using System.Text.Json;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>
/// The domain's updates → OpenAI's named events in OpenAI's order. Items follow one another: what comes next closes what was
/// open. The last event says how the response ended; there is no <c>[DONE]</c>.
/// </summary>
/// <param name="request">Valid.</param>
/// <param name="history">Of the request; it keeps the response.</param>
public sealed class ResponseStreamWriter(CreateResponseRequest request, ResponseHistory history, TimeProvider timeProvider)
    : IStreamWriter
{
    /// <summary>Of OpenAI's closed list, where none fits better; the precise one is in the error event.</summary>
    private const string FailureCode = "server_error";

    private static readonly ResponsesJsonContext Json = ResponsesJsonContext.Instance;

    private readonly ResponseObject _begun = ResponseWriter.Begin(request, history, timeProvider);
    private readonly List<ResponseOutputItem> _items = [];
    private readonly StringBuilder _text = new();
    private readonly List<ChatTokenLogprob> _logprobs = [];
    private CallLimit _calls = new(request.ParallelToolCalls is false);
    private ResponseOutputItem? _open;
    private bool _isStarted;
    private bool _hasUnscoredThinking;
    private int _sequenceNumber;

    public void Write(SseWriter output, ConversationUpdate update)
    {
        Start(output);
        WriteThinking(output, update.Thinking ?? "");
        WriteContent(output, update.Content, ToLogprobs(update));
        foreach (var call in _calls.Take(update.ToolCalls))
        {
            WriteCall(output, call, isCut: update.FinishReason == FinishReason.Length);
        }

        if (update.IsDone)
        {
            WriteLast(output, update);
        }
    }

    public void WriteEnd(SseWriter output)
    {
        // The last update has written the last event.
    }

    /// <summary>An event, since comments do not reset the idle timers of clients: they would ask anew while the model still loads.</summary>
    public void WriteKeepAlive(SseWriter output)
    {
        if (!Start(output))
        {
            Send(output, Event(ResponseStreamEvent.InProgress) with { Response = _begun });
        }
    }

    /// <summary><c>response.failed</c> with the items so far, and <c>error</c>, at which the official clients throw.</summary>
    public void WriteFailure(SseWriter output, DialectError error)
    {
        if (_isStarted)
        {
            var failed = _begun with
            {
                Status = ResponseObject.Failed,
                Error = new ResponseError(CodeOf(error), error.Message),
                Output = _items,
            };
            Send(output, Event(ResponseStreamEvent.Failed) with { Response = failed });
        }

        output.WriteEvent(ResponseStreamEvent.ErrorType, ResponseErrorEvent.Of(error, _sequenceNumber), Json.ResponseErrorEvent);
    }

    /// <summary>Writes the two events at a stream's beginning; false when they are out.</summary>
    private bool Start(SseWriter output)
    {
        if (_isStarted)
        {
            return false;
        }

        _isStarted = true;
        Send(output, Event(ResponseStreamEvent.Created) with { Response = _begun });
        Send(output, Event(ResponseStreamEvent.InProgress) with { Response = _begun });
        return true;
    }

    private static string CodeOf(DialectError error) =>
        error.Code is "context_length_exceeded" or "rate_limit_exceeded" ? error.Code : FailureCode;

    private void WriteThinking(SseWriter output, string delta)
    {
        if (delta.Length == 0)
        {
            return;
        }

        if (_open is not ResponseReasoningItem)
        {
            Open(output, ResponseReasoningItem.Begin());
            Send(output, SummaryEvent(ResponseStreamEvent.SummaryPartAdded) with { Part = ResponseOutputPart.Thought("") });
        }

        _text.Append(delta);
        SendDelta(output, delta, logprobs: null);
    }

    /// <summary>Log probabilities may come with no text (a token held back): they must not get lost.</summary>
    private void WriteContent(SseWriter output, string delta, IReadOnlyList<ChatTokenLogprob> logprobs)
    {
        if (delta.Length == 0 && (logprobs.Count == 0 || _open is not ResponseOutputMessage))
        {
            return;
        }

        if (_open is not ResponseOutputMessage)
        {
            OpenMessage(output);
        }

        _text.Append(delta);
        _logprobs.AddRange(logprobs);
        SendDelta(output, delta, logprobs);
    }

    /// <summary>A call always comes whole.</summary>
    private void WriteCall(SseWriter output, ToolCall call, bool isCut)
    {
        var begun = ResponseFunctionCall.Begin(call);
        Open(output, begun);
        Send(output, ItemEvent(ResponseStreamEvent.ArgumentsDelta) with { Delta = call.Arguments });
        Send(output, ItemEvent(ResponseStreamEvent.ArgumentsDone) with { Name = call.Name, Arguments = call.Arguments });
        Close(output, begun.End(call, isCut));
    }

    private void WriteLast(SseWriter output, ConversationUpdate update)
    {
        var isCut = update.FinishReason == FinishReason.Length;
        if (!isCut && _open is not ResponseOutputMessage && _items.TrueForAll(item => item is ResponseReasoningItem))
        {
            // An answer is there, if an empty one.
            OpenMessage(output);
        }

        CloseOpen(output, ResponseObject.EndStatus(isCut));
        var response = ResponseWriter.End(_begun, _items, update.FinishReason, update.Usage, timeProvider);
        history.Keep(response);
        Send(output, Event(isCut ? ResponseStreamEvent.Incomplete : ResponseStreamEvent.Completed) with { Response = response });
    }

    /// <summary>The log probabilities of thinking have no place in a response.</summary>
    private IReadOnlyList<ChatTokenLogprob> ToLogprobs(ConversationUpdate update)
    {
        var isThinking = !string.IsNullOrEmpty(update.Thinking);
        // A kept answer has all tokens with the content.
        _hasUnscoredThinking |= isThinking && update.Logprobs is null;
        if (update.Logprobs is not { } tokens || (isThinking && update.Content.Length == 0))
        {
            return [];
        }

        return TokenLogprobs.ToWire(isThinking || _hasUnscoredThinking ? ContentTokens.Of(tokens, update.Content) : tokens)!;
    }

    private void OpenMessage(SseWriter output)
    {
        Open(output, ResponseOutputMessage.Begin());
        Send(output, PartEvent(ResponseStreamEvent.PartAdded) with { Part = ResponseOutputPart.Said("", []) });
    }

    private void Open(SseWriter output, ResponseOutputItem item)
    {
        CloseOpen(output, ResponseObject.Completed);
        _open = item;
        Send(output, Event(ResponseStreamEvent.ItemAdded) with { OutputIndex = _items.Count, Item = item });
    }

    private void CloseOpen(SseWriter output, string status)
    {
        var text = _text.ToString();
        switch (_open)
        {
            case ResponseReasoningItem item:
                var thought = item.End(text, status);
                Send(output, SummaryEvent(ResponseStreamEvent.SummaryDone) with { Text = text });
                Send(output, SummaryEvent(ResponseStreamEvent.SummaryPartDone) with { Part = thought.Summary[0] });
                Close(output, thought);
                break;
            case ResponseOutputMessage item:
                var message = item.End(text, [.. _logprobs], status);
                var part = message.Content[0];
                Send(output, PartEvent(ResponseStreamEvent.TextDone) with { Text = text, Logprobs = part.Logprobs });
                Send(output, PartEvent(ResponseStreamEvent.PartDone) with { Part = part });
                Close(output, message);
                break;
        }
    }

    private void Close(SseWriter output, ResponseOutputItem item)
    {
        Send(output, Event(ResponseStreamEvent.ItemDone) with { OutputIndex = _items.Count, Item = item });
        _items.Add(item);
        _open = null;
        _text.Clear();
        _logprobs.Clear();
    }

    private ResponseStreamEvent Event(string type) => new() { Type = type, SequenceNumber = _sequenceNumber++ };

    private ResponseStreamEvent ItemEvent(string type) => Event(type) with { ItemId = _open!.Id, OutputIndex = _items.Count };

    private ResponseStreamEvent SummaryEvent(string type) => ItemEvent(type) with { SummaryIndex = 0 };

    private ResponseStreamEvent PartEvent(string type) => ItemEvent(type) with { ContentIndex = 0 };

    private static void Send(SseWriter output, ResponseStreamEvent next) =>
        output.WriteEvent(next.Type, next, Json.ResponseStreamEvent);

    /// <summary>The same bytes as the serializer's, written straight, since most events are these.</summary>
    /// <param name="logprobs">Null on thinking.</param>
    private void SendDelta(SseWriter output, string delta, IReadOnlyList<ChatTokenLogprob>? logprobs)
    {
        output.Pending.Write(logprobs is null
            ? "event: response.reasoning_summary_text.delta\ndata: "u8
            : "event: response.output_text.delta\ndata: "u8);
        var json = output.StartJson();
        json.WriteStartObject();
        json.WriteString("type"u8, logprobs is null ? ResponseStreamEvent.SummaryDelta : ResponseStreamEvent.TextDelta);
        json.WriteNumber("sequence_number"u8, _sequenceNumber++);
        json.WriteNumber("output_index"u8, _items.Count);
        json.WriteString("item_id"u8, _open!.Id);
        json.WriteNumber(logprobs is null ? "summary_index"u8 : "content_index"u8, 0);
        json.WriteString("delta"u8, delta);
        if (logprobs is not null)
        {
            json.WritePropertyName("logprobs"u8);
            JsonSerializer.Serialize(json, logprobs, Json.IReadOnlyListChatTokenLogprob);
        }

        json.WriteEndObject();
        json.Flush();
        output.Pending.Write("\n\n"u8);
    }
}
