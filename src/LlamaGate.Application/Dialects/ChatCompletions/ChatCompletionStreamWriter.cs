using System.Buffers;
using System.Text.Json;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>
/// The domain's updates → OpenAI's chunks in OpenAI's order: for each choice the role first, then the content, then the finish
/// reason. The beginning that all chunks share is serialized once, and a piece of text, which most chunks are, is written directly.
/// </summary>
public sealed class ChatCompletionStreamWriter : IStreamWriter
{
    private static readonly ChatJsonContext Json = ChatJsonContext.Instance;

    private readonly ChatForm _form;
    private readonly bool _includesUsage;
    private readonly ChatCompletionChunk _template;

    /// <summary>The beginning of all chunks, and then that of a piece of the first choice's text.</summary>
    private readonly byte[] _textStart;

    private readonly int _startLength;
    private readonly Choice[] _choices;
    private readonly UsageCounter _usage;

    public ChatCompletionStreamWriter(ChatCompletionRequest request, TimeProvider timeProvider)
    {
        _form = ChatForm.Of(request);
        _includesUsage = request.StreamOptions?.IncludeUsage is true;
        _template = new ChatCompletionChunk
        {
            Id = ChatForm.NewId(),
            Created = timeProvider.GetUtcNow().ToUnixTimeSeconds(),
            // Not null: the validator refuses a chat without a model.
            Model = request.Model!,
        };
        var start = JsonSerializer.SerializeToUtf8Bytes(_template, Json.ChatCompletionChunk);
        _startLength = "data: "u8.Length + start.Length - "]}"u8.Length;
        _textStart = [.. "data: "u8, .. start.AsSpan()[..^"]}"u8.Length], .. "{\"index\":0,\"delta\":{\"content\":\""u8];
        _choices = new Choice[request.N ?? 1];
        Array.Fill(_choices, new Choice { Calls = _form.NewCallLimit() });
        _usage = new UsageCounter(requests: 1, candidates: _choices.Length);
    }

    private ReadOnlySpan<byte> Start => _textStart.AsSpan(0, _startLength);

    /// <summary>The end of all chunks.</summary>
    private ReadOnlySpan<byte> End => _includesUsage ? "],\"usage\":null}\n\n"u8 : "]}\n\n"u8;

    /// <summary>The end of a piece of text, and then <see cref="End"/>.</summary>
    private ReadOnlySpan<byte> TextEnd => _includesUsage
        ? "\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n"u8
        : "\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n"u8;

    public void Write(SseWriter output, ConversationUpdate update)
    {
        ref var choice = ref _choices[update.Call];
        if (!choice.IsStarted)
        {
            choice.IsStarted = true;
            Write(output, new ChunkChoice { Index = update.Call, Delta = new ChunkDelta { Role = "assistant", Content = "" } });
        }

        WriteDelta(output, update, ref choice);
        if (update.IsDone)
        {
            choice.IsFinished = true;
            _usage.Add(update.Call, update.Usage);
            var reason = _form.ToFinishReason(update.FinishReason, called: choice.Calls.Count > 0);
            Write(output, new ChunkChoice { Index = update.Call, FinishReason = reason, Delta = default });
        }
    }

    public void WriteEnd(SseWriter output)
    {
        if (_includesUsage)
        {
            output.WriteEvent(_template with { Usage = new ChunkUsage(CompletionUsage.Of(_usage.Total ?? new TokenUsage(0, 0))) }, Json.ChatCompletionChunk);
        }

        output.WriteDone();
    }

    /// <summary>
    /// The error, then a finish reason for each choice that has none. OpenAI's .NET client ignores the error, and treats a stream that ends
    /// without a finish reason as complete.
    /// </summary>
    public void WriteFailure(SseWriter output, DialectError error)
    {
        output.WriteEvent(error.Body.Span);
        for (var index = 0; index < _choices.Length; index++)
        {
            if (!_choices[index].IsFinished)
            {
                Write(output, new ChunkChoice { Index = index, FinishReason = "error", Delta = default });
            }
        }
    }

    private void WriteDelta(SseWriter output, ConversationUpdate update, ref Choice choice)
    {
        var firstIndex = choice.Calls.Count;
        var calls = choice.Calls.Take(update.ToolCalls);
        var thinking = string.IsNullOrEmpty(update.Thinking) ? null : update.Thinking;
        // Log probabilities may arrive without text (a token held back): they must not be lost.
        var content = update.Content.Length > 0 || (update.Logprobs is not null && thinking is null) ? update.Content : null;
        if (thinking is null && calls.Count == 0 && update.Logprobs is null)
        {
            if (content is not null)
            {
                WriteText(output, update.Call, content);
            }

            return;
        }

        if (content is null && thinking is null && calls.Count == 0)
        {
            return;
        }

        var delta = new ChunkDelta
        {
            Content = content,
            ReasoningContent = thinking,
            Reasoning = thinking,
            ToolCalls = calls.Count > 0 && !_form.UsesFunctions
                ? [.. calls.Select((call, i) => ChatForm.ToToolCall(call, firstIndex + i))]
                : null,
            FunctionCall = calls.Count > 0 && _form.UsesFunctions ? ChatForm.ToFunctionCall(calls[0]) : null,
        };
        var logprobs = TokenLogprobs.ToWire(update.Logprobs) is { } tokens ? new ChoiceLogprobs { Content = tokens } : null;
        Write(output, new ChunkChoice { Index = update.Call, Delta = delta, Logprobs = logprobs });
    }

    private void Write(SseWriter output, ChunkChoice choice)
    {
        output.Pending.Write(Start);
        JsonSerializer.Serialize(output.StartJson(), choice, Json.ChunkChoice);
        output.Pending.Write(End);
    }

    /// <summary>Writes the same bytes as the serializer.</summary>
    private void WriteText(SseWriter output, int choice, string content)
    {
        if (choice == 0 && PlainJsonText.TryWrite(output.Pending, _textStart, content, TextEnd))
        {
            return;
        }

        output.Pending.Write(Start);
        var json = output.StartJson();
        json.WriteStartObject();
        json.WriteNumber("index"u8, choice);
        json.WriteStartObject("delta"u8);
        json.WriteString("content"u8, content);
        json.WriteEndObject();
        json.WriteNull("logprobs"u8);
        json.WriteNull("finish_reason"u8);
        json.WriteEndObject();
        json.Flush();
        output.Pending.Write(End);
    }

    private struct Choice
    {
        public bool IsStarted;
        public bool IsFinished;
        public CallLimit Calls;
    }
}
