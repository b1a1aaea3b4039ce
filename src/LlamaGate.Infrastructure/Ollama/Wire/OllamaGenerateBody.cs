using System.Text.Json;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The body of <c>POST /api/generate</c>.</summary>
internal static class OllamaGenerateBody
{
    /// <param name="truncate">Whether an overlong prompt may be truncated.</param>
    public static UpstreamBody Create(ConversationRequest request, TextPrompt prompt, bool truncate) => UpstreamBody.Of(
        (request, prompt, truncate),
        static (writer, text) => Write(writer, text.request, text.prompt, text.truncate));

    private static int? Write(Utf8JsonWriter writer, ConversationRequest request, TextPrompt prompt, bool truncate)
    {
        writer.WriteStartObject();
        writer.WriteString("model"u8, request.Model);
        // Never empty: for an empty prompt Ollama would only load the model.
        writer.WriteString("prompt"u8, prompt.Text);
        if (prompt.Suffix is { } suffix)
        {
            writer.WriteString("suffix"u8, suffix);
        }

        writer.WriteBoolean("stream"u8, true);
        var optionsAt = OllamaGenerationBody.WriteRest(writer, request, truncate);
        writer.WriteEndObject();
        return optionsAt;
    }
}
