using System.Text.Json;
using LlamaGate.Domain.Completions;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The answer of <c>POST /api/generate</c>.</summary>
internal static class OllamaGenerateAnswer
{
    public static GenerateUpdate? Read(ref Utf8JsonReader reader)
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

        return new GenerateUpdate
        {
            Text = text ?? "",
            Thinking = thinking,
            Logprobs = common.Logprobs,
            IsDone = common.IsDone,
            FinishReason = common.FinishReason,
            Usage = common.Usage,
            Timings = common.Timings,
        };
    }
}
