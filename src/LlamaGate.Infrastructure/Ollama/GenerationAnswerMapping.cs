using LlamaGate.Domain.Generation;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>What the answers of <c>/api/chat</c> and <c>/api/generate</c> have in common → the domain's.</summary>
internal static class GenerationAnswerMapping
{
    /// <summary>What is neither stop nor length (load, unload, a word of a later version) ended of its own accord.</summary>
    public static FinishReason? ToFinishReason(OllamaGenerationResponse response) => response switch
    {
        { Done: false } => null,
        { DoneReason: "length" } => FinishReason.Length,
        _ => FinishReason.Stop,
    };

    public static TokenUsage? ToUsage(OllamaGenerationResponse response) =>
        response.Done ? new TokenUsage(response.PromptEvalCount, response.EvalCount) : null;

    public static GenerationTimings? ToTimings(OllamaGenerationResponse response) =>
        response.Done ? ToTimings(response.LoadDuration, response.PromptEvalDuration, response.EvalDuration) : null;

    public static IReadOnlyList<TokenLogprob>? ToLogprobs(IReadOnlyList<OllamaLogprob>? tokens) =>
        tokens is null ? null : [.. tokens.Select(ToLogprob)];

    /// <summary>Ollama counts nanoseconds.</summary>
    public static GenerationTimings ToTimings(long load, long prompt, long eval) =>
        new(FromNanoseconds(load), FromNanoseconds(prompt), FromNanoseconds(eval));

    private static TimeSpan FromNanoseconds(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);

    private static TokenLogprob ToLogprob(OllamaLogprob token) =>
        new(token.Token ?? "", token.Logprob, token.Bytes, [.. (token.TopLogprobs ?? []).Select(ToLogprob)]);
}
