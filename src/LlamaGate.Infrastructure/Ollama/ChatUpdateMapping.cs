using LlamaGate.Domain.Chat;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>Ollama's answer, a line or a whole → the domain's update.</summary>
internal static class ChatUpdateMapping
{
    public static ChatUpdate ToUpdate(OllamaChatResponse response) => new()
    {
        Content = response.Message?.Content ?? "",
        Thinking = response.Message?.Thinking,
        ToolCalls = response.Message?.ToolCalls is { Count: > 0 } calls ? [.. calls.Select(ToToolCall)] : [],
        Logprobs = GenerationAnswerMapping.ToLogprobs(response.Logprobs),
        IsDone = response.Done,
        FinishReason = GenerationAnswerMapping.ToFinishReason(response),
        Usage = GenerationAnswerMapping.ToUsage(response),
        Timings = GenerationAnswerMapping.ToTimings(response),
    };

    private static ToolCall ToToolCall(OllamaToolCall call) =>
        new(call.Id ?? "", call.Function?.Name ?? "", call.Function?.Arguments ?? "{}");
}
