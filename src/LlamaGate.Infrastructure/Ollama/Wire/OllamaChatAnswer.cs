using System.Text.Json;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>A line of <c>POST /api/chat</c>.</summary>
internal static class OllamaChatAnswer
{
    public static ConversationUpdate? Read(ref Utf8JsonReader reader, int call)
    {
        if (!OllamaJson.TryStartObject(ref reader))
        {
            return null;
        }

        var common = new OllamaGenerationAnswer();
        var message = new AnswerMessage();
        while (OllamaJson.MoveToMember(ref reader))
        {
            if (reader.ValueTextEquals("message"u8))
            {
                reader.Read();
                message.Read(ref reader);
            }
            else
            {
                common.Read(ref reader);
            }
        }

        return common.ToUpdate(call, message.Content, message.Thinking, message.Calls);
    }

    private struct AnswerMessage
    {
        public AnswerMessage()
        {
        }

        public string? Content { get; private set; }

        public string? Thinking { get; private set; }

        public IReadOnlyList<ToolCall> Calls { get; private set; } = [];

        public void Read(ref Utf8JsonReader reader)
        {
            this = new();
            if (!OllamaJson.TryStartObject(ref reader))
            {
                return;
            }

            while (OllamaJson.MoveToMember(ref reader))
            {
                if (reader.ValueTextEquals("content"u8))
                {
                    reader.Read();
                    Content = reader.GetString();
                }
                else if (reader.ValueTextEquals("thinking"u8))
                {
                    reader.Read();
                    Thinking = reader.GetString();
                }
                else if (reader.ValueTextEquals("tool_calls"u8))
                {
                    reader.Read();
                    Calls = OllamaToolCall.ToDomain(
                        JsonSerializer.Deserialize(ref reader, OllamaJsonContext.Instance.IReadOnlyListOllamaToolCall!));
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }
}
