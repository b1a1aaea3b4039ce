using System.Text.Json;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>A line of <c>POST /api/generate</c>.</summary>
internal static class OllamaGenerateAnswer
{
    public static ConversationUpdate? Read(ref Utf8JsonReader reader, int call)
    {
        if (!OllamaJson.TryStartObject(ref reader))
        {
            return null;
        }

        var common = new OllamaGenerationAnswer();
        string? text = null;
        string? thinking = null;
        while (OllamaJson.MoveToMember(ref reader))
        {
            if (reader.ValueTextEquals("response"u8))
            {
                reader.Read();
                text = reader.GetString();
            }
            else if (reader.ValueTextEquals("thinking"u8))
            {
                reader.Read();
                thinking = reader.GetString();
            }
            else
            {
                common.Read(ref reader);
            }
        }

        return common.ToUpdate(call, text, thinking, toolCalls: []);
    }
}
