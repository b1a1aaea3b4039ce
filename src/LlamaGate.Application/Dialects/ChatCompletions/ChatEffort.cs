using System.Text.Json;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>How much the model should think: OpenAI's <c>reasoning_effort</c>, else OpenRouter's <c>reasoning.effort</c>.</summary>
internal static class ChatEffort
{
    public static string? Of(ChatCompletionRequest request) => request.ReasoningEffort ?? OfReasoning(request.Reasoning);

    private static string? OfReasoning(JsonElement? reasoning) =>
        reasoning is { ValueKind: JsonValueKind.Object } settings
            && settings.TryGetProperty("effort", out var effort) && effort.ValueKind == JsonValueKind.String
                ? effort.GetString()
                : null;
}
