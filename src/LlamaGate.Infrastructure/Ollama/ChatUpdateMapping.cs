using LlamaGate.Domain.Chat;
using LlamaGate.Domain.Generation;
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
        FinishReason = response.Done ? GenerationAnswerMapping.ToFinishReason(response.DoneReason) : null,
        Usage = response.Done ? new TokenUsage(response.PromptEvalCount, response.EvalCount) : null,
        Timings = response.Done ? ToTimings(response) : null,
    };

    private static GenerationTimings ToTimings(OllamaChatResponse response) => new(
        FromNanoseconds(response.LoadDuration),
        FromNanoseconds(response.PromptEvalDuration),
        FromNanoseconds(response.EvalDuration));

    private static TimeSpan FromNanoseconds(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);

    private static ToolCall ToToolCall(OllamaToolCall call) =>
        new(call.Id ?? "", call.Function?.Name ?? "", call.Function?.Arguments ?? "{}");
}
