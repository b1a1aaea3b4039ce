using System.Text.Json;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The body of <c>POST /api/chat</c>.</summary>
internal static class OllamaChatBody
{
    /// <summary>
    /// Images are written in pieces: otherwise the writer requests a buffer of three times their length.
    /// </summary>
    private const int MaxPieceLength = 32 * 1024;

    /// <param name="truncate">Whether an overlong prompt may be truncated.</param>
    public static UpstreamBody Create(ConversationRequest request, ChatPrompt prompt, bool truncate) => UpstreamBody.Of(
        (request, prompt, truncate),
        static (writer, chat) => Write(writer, chat.request, chat.prompt, chat.truncate),
        TextBytes(prompt));

    private static int? Write(Utf8JsonWriter writer, ConversationRequest request, ChatPrompt prompt, bool truncate)
    {
        writer.WriteStartObject();
        writer.WriteString("model"u8, request.Model);
        writer.WriteStartArray("messages"u8);
        foreach (var message in prompt.Messages)
        {
            Write(writer, message);
        }

        writer.WriteEndArray();
        writer.WriteBoolean("stream"u8, true);
        WriteTools(writer, prompt.Tools);
        WriteFormat(writer, prompt.Format);
        var optionsAt = OllamaGenerationBody.WriteRest(writer, request, truncate);
        writer.WriteEndObject();
        return optionsAt;
    }

    /// <summary>The length of the texts and images.</summary>
    private static int TextBytes(ChatPrompt prompt)
    {
        var bytes = 0;
        foreach (var message in prompt.Messages)
        {
            foreach (var part in message.Content)
            {
                bytes += part switch
                {
                    TextPart text => text.Text.Bytes.Length,
                    ImagePart image => image.Base64.Bytes.Length,
                    _ => 0,
                };
            }
        }

        return bytes;
    }

    private static void Write(Utf8JsonWriter writer, Message message)
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, ToWord(message.Role));
        WriteText(writer, message.Content);
        WriteUnlessNull(writer, "thinking"u8, message.Thinking);
        WriteImages(writer, message.Content);
        WriteCalls(writer, message.ToolCalls);
        WriteUnlessNull(writer, "tool_name"u8, message.ToolName);
        WriteUnlessNull(writer, "tool_call_id"u8, message.ToolCallId);
        writer.WriteEndObject();
    }

    /// <summary>
    /// One native message per message: Ollama's own layer splits parts, and templates then see several turns.
    /// </summary>
    private static void WriteText(Utf8JsonWriter writer, IReadOnlyList<Part> content)
    {
        if (content is [TextPart only])
        {
            writer.WriteString("content"u8, only.Text.Bytes.Span);
            return;
        }

        writer.WritePropertyName("content"u8);
        var isFirst = true;
        foreach (var part in content.OfType<TextPart>())
        {
            writer.WriteStringValueSegment(isFirst ? default : "\n"u8, isFinalSegment: false);
            writer.WriteStringValueSegment(part.Text.Bytes.Span, isFinalSegment: false);
            isFirst = false;
        }

        writer.WriteStringValueSegment(ReadOnlySpan<byte>.Empty, isFinalSegment: true);
    }

    private static void WriteImages(Utf8JsonWriter writer, IReadOnlyList<Part> content)
    {
        var started = false;
        for (var i = 0; i < content.Count; i++)
        {
            if (content[i] is not ImagePart image)
            {
                continue;
            }

            if (!started)
            {
                writer.WriteStartArray("images"u8);
                started = true;
            }

            WriteInPieces(writer, image.Base64.Bytes.Span);
        }

        if (started)
        {
            writer.WriteEndArray();
        }
    }

    private static void WriteInPieces(Utf8JsonWriter writer, ReadOnlySpan<byte> text)
    {
        while (text.Length > MaxPieceLength)
        {
            writer.WriteStringValueSegment(text[..MaxPieceLength], isFinalSegment: false);
            text = text[MaxPieceLength..];
        }

        writer.WriteStringValueSegment(text, isFinalSegment: true);
    }

    private static void WriteCalls(Utf8JsonWriter writer, IReadOnlyList<ToolCall> calls)
    {
        if (calls.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("tool_calls"u8);
        foreach (var call in calls)
        {
            writer.WriteStartObject();
            WriteUnlessNull(writer, "id"u8, call.Id.Length == 0 ? null : call.Id);
            writer.WriteStartObject("function"u8);
            writer.WriteString("name"u8, call.Name);
            writer.WritePropertyName("arguments"u8);
            // An object for Ollama and its text in the domain, with the key order preserved.
            writer.WriteRawValue(call.Arguments);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTools(Utf8JsonWriter writer, IReadOnlyList<ToolDefinition> tools)
    {
        if (tools.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("tools"u8);
        foreach (var tool in tools)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "function"u8);
            writer.WriteStartObject("function"u8);
            writer.WriteString("name"u8, tool.Name);
            WriteUnlessNull(writer, "description"u8, tool.Description);
            if (tool.Parameters is { } parameters)
            {
                writer.WritePropertyName("parameters"u8);
                parameters.WriteTo(writer);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary><c>"json"</c> or a schema.</summary>
    private static void WriteFormat(Utf8JsonWriter writer, ResponseFormat? format)
    {
        if (format?.Schema is { } schema)
        {
            writer.WritePropertyName("format"u8);
            schema.WriteTo(writer);
        }
        else if (format is not null)
        {
            writer.WriteString("format"u8, "json"u8);
        }
    }

    private static void WriteUnlessNull(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static ReadOnlySpan<byte> ToWord(MessageRole role) => role switch
    {
        MessageRole.System => "system"u8,
        MessageRole.User => "user"u8,
        MessageRole.Assistant => "assistant"u8,
        MessageRole.Tool => "tool"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
