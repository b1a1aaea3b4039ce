using System.Buffers;
using System.Text.Json;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>The events of one stream: each has the next number, each item the next place.</summary>
internal sealed class ResponseEvents
{
    private static readonly ResponsesJsonContext Json = ResponsesJsonContext.Instance;

    private readonly List<ResponseOutputItem> _items = [];
    private int _sequenceNumber;

    /// <summary>The items that are complete.</summary>
    public List<ResponseOutputItem> Items => _items;

    public static void Send(SseWriter output, ResponseStreamEvent next) =>
        output.WriteEvent(next.Type, next, Json.ResponseStreamEvent);

    public void SendError(SseWriter output, DialectError error) =>
        output.WriteEvent(ResponseStreamEvent.ErrorType, ResponseErrorEvent.Of(error, _sequenceNumber), Json.ResponseErrorEvent);

    public ResponseStreamEvent Event(string type) => new() { Type = type, SequenceNumber = _sequenceNumber++ };

    /// <param name="item">The one that is open.</param>
    public ResponseStreamEvent ItemEvent(string type, ResponseOutputItem item) =>
        Event(type) with { ItemId = item.Id, OutputIndex = _items.Count };

    public void Open(SseWriter output, ResponseOutputItem item) =>
        Send(output, Event(ResponseStreamEvent.ItemAdded) with { OutputIndex = _items.Count, Item = item });

    public void Close(SseWriter output, ResponseOutputItem item)
    {
        Send(output, Event(ResponseStreamEvent.ItemDone) with { OutputIndex = _items.Count, Item = item });
        _items.Add(item);
    }

    /// <summary>The same bytes as the serializer's, written straight, since most events are these.</summary>
    /// <param name="item">The one that is open.</param>
    /// <param name="logprobs">Null on thinking.</param>
    public void SendDelta(SseWriter output, ResponseOutputItem item, string delta, IReadOnlyList<ChatTokenLogprob>? logprobs)
    {
        output.Pending.Write(logprobs is null
            ? "event: response.reasoning_summary_text.delta\ndata: "u8
            : "event: response.output_text.delta\ndata: "u8);
        var json = output.StartJson();
        json.WriteStartObject();
        json.WriteString("type"u8, logprobs is null ? ResponseStreamEvent.SummaryDelta : ResponseStreamEvent.TextDelta);
        json.WriteNumber("sequence_number"u8, _sequenceNumber++);
        json.WriteNumber("output_index"u8, _items.Count);
        json.WriteString("item_id"u8, item.Id);
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
