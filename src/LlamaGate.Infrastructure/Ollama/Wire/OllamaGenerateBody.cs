using System.Text.Json;
using LlamaGate.Domain.Completions;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The body of <c>POST /api/generate</c>.</summary>
internal static class OllamaGenerateBody
{
    /// <param name="stream">Always written: Ollama's default is true.</param>
    /// <param name="truncate">Whether an overlong prompt may be cut.</param>
    public static void Write(Utf8JsonWriter writer, GenerateRequest request, bool stream, bool truncate)
    {
        writer.WriteStartObject();
        writer.WriteString("model"u8, request.Model);
        // Never empty: Ollama would only load the model.
        writer.WriteString("prompt"u8, request.Prompt);
        if (request.Suffix is { } suffix)
        {
            writer.WriteString("suffix"u8, suffix);
        }

        writer.WriteBoolean("stream"u8, stream);
        OllamaGenerationBody.WriteOptions(writer, request.Options);
        OllamaGenerationBody.WriteThink(writer, request.Think);
        OllamaGenerationBody.WriteKeepAlive(writer, request.KeepAlive);
        OllamaGenerationBody.WriteOverflow(writer, truncate);
        OllamaGenerationBody.WriteLogprobs(writer, request.Logprobs, request.TopLogprobs);
        writer.WriteEndObject();
    }
}
