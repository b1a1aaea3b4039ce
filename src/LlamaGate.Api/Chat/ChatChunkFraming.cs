using System.Buffers;
using System.Text.Json;
using LlamaGate.Api.Streaming;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Chat;

/// <summary>
/// Chat chunks, byte for byte as the serializer would write them, but that what all chunks of an answer begin with (id, created,
/// model …) is serialized once for each stream and not for each token, and that a piece of text, which is what most chunks are, is
/// written straight.
/// </summary>
internal sealed class ChatChunkFraming : IStreamFraming<ChatCompletionChunk>
{
    private static readonly ChatJsonContext Json = ChatJsonContext.Instance;

    private readonly ChunkFraming<ChatCompletionChunk> _common = new(Json.ChatCompletionChunk);
    private byte[]? _start;

    public void WriteEvent(SseWriter writer, ChatCompletionChunk data)
    {
        if (data is not { Choice: { } choice, Usage.Counts: null })
        {
            _common.WriteEvent(writer, data);
            return;
        }

        writer.Pending.Write(_start ??= StartOf(data));
        var json = writer.StartJson();
        if (choice is { Logprobs: null, FinishReason: null } && choice.Delta == new ChunkDelta { Content = choice.Delta.Content })
        {
            WriteText(json, choice.Index, choice.Delta.Content);
        }
        else
        {
            JsonSerializer.Serialize(json, choice, Json.ChunkChoice);
        }

        writer.Pending.Write(data.Usage.IsPresent ? "],\"usage\":null}\n\n"u8 : "]}\n\n"u8);
    }

    public void WriteEnd(SseWriter writer) => _common.WriteEnd(writer);

    public void WriteFailure(SseWriter writer, GatewayException failure) => _common.WriteFailure(writer, failure);

    /// <summary>An event up to the place of its choice.</summary>
    private static byte[] StartOf(ChatCompletionChunk chunk)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(chunk with { Choice = null, Usage = default }, Json.ChatCompletionChunk);
        return [.. "data: "u8, .. json.AsSpan()[..^"]}"u8.Length]];
    }

    private static void WriteText(Utf8JsonWriter json, int index, string? content)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, index);
        json.WriteStartObject("delta"u8);
        if (content is not null)
        {
            json.WriteString("content"u8, content);
        }

        json.WriteEndObject();
        json.WriteNull("logprobs"u8);
        json.WriteNull("finish_reason"u8);
        json.WriteEndObject();
        json.Flush();
    }
}
