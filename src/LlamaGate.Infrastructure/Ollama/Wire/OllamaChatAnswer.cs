using System.Text.Json;
using LlamaGate.Domain.Chat;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The answer of <c>POST /api/chat</c>.</summary>
internal static class OllamaChatAnswer
{
    public static ChatUpdate? Read(ref Utf8JsonReader reader)
    {
        if (!OllamaJson.TryStartObject(ref reader))
        {
            return null;
        }

        var common = new OllamaGenerationAnswer();
        var message = new Message();
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

        return new ChatUpdate
        {
            Content = message.Content ?? "",
            Thinking = message.Thinking,
            ToolCalls = message.ToolCalls is { Count: > 0 } calls ? [.. calls.Select(ToToolCall)] : [],
            Logprobs = common.Logprobs,
            IsDone = common.IsDone,
            FinishReason = common.FinishReason,
            Usage = common.Usage,
            Timings = common.Timings,
        };
    }

    private static ToolCall ToToolCall(OllamaToolCall? call) => call?.ToDomain() ?? throw new JsonException("A call is null.");

    private struct Message
    {
        public string? Content { get; private set; }

        public string? Thinking { get; private set; }

        public IReadOnlyList<OllamaToolCall?>? ToolCalls { get; private set; }

        public void Read(ref Utf8JsonReader reader)
        {
            this = default;
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
                    ToolCalls = JsonSerializer.Deserialize(ref reader, OllamaJsonContext.Instance.IReadOnlyListOllamaToolCall!);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }
}
