using System.Buffers;
using System.Text;
using System.Text.Json;
using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>
/// The domain's updates → Anthropic's named events in Anthropic's order. Blocks follow one another: what comes next closes what was
/// open. There is no <c>[DONE]</c>.
/// </summary>
/// <param name="request">Valid.</param>
public sealed class MessageStreamWriter(CreateMessageRequest request) : IStreamWriter
{
    private static readonly MessagesJsonContext Json = MessagesJsonContext.Instance;
    private static readonly JsonElement Null = JsonElement.Parse("null");

    private readonly MessageForm _form = MessageForm.Of(request);
    private readonly StringBuilder _omitted = new();
    private CallLimit _calls = MessageForm.Of(request).NewCallLimit();
    private string? _open;
    private int _index;
    private bool _isStarted;

    public void Write(SseWriter output, ConversationUpdate update)
    {
        if (!_isStarted)
        {
            _isStarted = true;
            Send(output, new() { Type = MessageStreamEvent.Start, Message = MessageForm.Begin(request) });
        }

        WriteThinking(output, update.Thinking ?? "");
        WriteText(output, update.Content);
        foreach (var call in _calls.Take(update.ToolCalls))
        {
            WriteWhole(output, MessageForm.Call(call), call.Arguments);
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

    public void WriteFailure(SseWriter output, DialectError error)
    {
        output.Pending.Write("event: error\n"u8);
        output.WriteEvent(error.Body.Span);
    }

    public void WriteKeepAlive(SseWriter output) => output.Pending.Write("event: ping\ndata: {\"type\":\"ping\"}\n\n"u8);

    public void WriteQueueNotice(SseWriter output, string comment)
    {
        output.WriteComment(comment);
        WriteKeepAlive(output);
    }

    private void WriteThinking(SseWriter output, string delta)
    {
        if (delta.Length == 0 || !_form.ShowsThinking)
        {
            return;
        }

        if (_open != BlockTypes.Thinking)
        {
            Open(output, MessageForm.Thought("", ""));
        }

        if (_form.OmitsThinking)
        {
            _omitted.Append(delta);
        }
        else
        {
            SendDelta(output, "thinking_delta"u8, "thinking"u8, delta);
        }
    }

    private void WriteText(SseWriter output, string delta)
    {
        if (delta.Length == 0)
        {
            return;
        }

        if (_open != BlockTypes.Text)
        {
            Open(output, MessageForm.Text(""));
        }

        SendDelta(output, "text_delta"u8, "text"u8, delta);
    }

    private void WriteLast(SseWriter output, ConversationUpdate update)
    {
        if (MessageTools.IsSearchOnly(request))
        {
            foreach (var block in MessageForm.Unavailable(request))
            {
                WriteWhole(output, block, input: "");
            }
        }
        else if (_index == 0 && _open is null)
        {
            // Something is there, if an empty text.
            Open(output, MessageForm.Text(""));
        }

        Close(output);
        Send(output, new()
        {
            Type = MessageStreamEvent.MessageDelta,
            Delta = new MessageStreamDelta
            {
                StopReason = MessageForm.ToStopReason(update.FinishReason, called: _calls.Count > 0),
                StopSequence = Null,
                StopDetails = Null,
                Container = Null,
            },
            Usage = MessageUsage.Of(update.Usage),
        });
        Send(output, new() { Type = MessageStreamEvent.Stop });
    }

    /// <summary>A call always comes whole.</summary>
    private void WriteWhole(SseWriter output, MessageBlock block, string input)
    {
        Open(output, block);
        if (input.Length > 0)
        {
            SendDelta(output, "input_json_delta"u8, "partial_json"u8, input);
        }

        Close(output);
    }

    private void Open(SseWriter output, MessageBlock block)
    {
        Close(output);
        _open = block.Type;
        Send(output, new() { Type = MessageStreamEvent.BlockStart, Index = _index, ContentBlock = block });
    }

    private void Close(SseWriter output)
    {
        if (_open is null)
        {
            return;
        }

        if (_open == BlockTypes.Thinking)
        {
            var signature = _form.OmitsThinking ? ReasoningSeal.Seal(_omitted.ToString()) : ReasoningSeal.Mark;
            _omitted.Clear();
            SendDelta(output, "signature_delta"u8, "signature"u8, signature);
        }

        Send(output, new() { Type = MessageStreamEvent.BlockStop, Index = _index++ });
        _open = null;
    }

    private static void Send(SseWriter output, MessageStreamEvent next) => output.WriteEvent(next.Type, next, Json.MessageStreamEvent);

    /// <summary>The same bytes as the serializer's, written straight, since most events are these.</summary>
    private void SendDelta(SseWriter output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> member, string delta)
    {
        output.Pending.Write("event: content_block_delta\ndata: "u8);
        var json = output.StartJson();
        json.WriteStartObject();
        json.WriteString("type"u8, "content_block_delta"u8);
        json.WriteNumber("index"u8, _index);
        json.WriteStartObject("delta"u8);
        json.WriteString("type"u8, type);
        json.WriteString(member, delta);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        output.Pending.Write("\n\n"u8);
    }
}
