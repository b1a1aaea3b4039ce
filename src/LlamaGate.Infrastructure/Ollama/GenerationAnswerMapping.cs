using LlamaGate.Domain.Generation;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>What the answers of <c>/api/chat</c> and <c>/api/generate</c> have in common → the domain's.</summary>
internal static class GenerationAnswerMapping
{
    /// <summary>What is neither stop nor length (load, unload, a word of a later version) ended of its own accord.</summary>
    public static FinishReason ToFinishReason(string? doneReason) => doneReason == "length" ? FinishReason.Length : FinishReason.Stop;

    public static IReadOnlyList<TokenLogprob>? ToLogprobs(IReadOnlyList<OllamaLogprob>? tokens) =>
        tokens is null ? null : [.. tokens.Select(ToLogprob)];

    private static TokenLogprob ToLogprob(OllamaLogprob token) =>
        new(token.Token ?? "", token.Logprob, token.Bytes, [.. (token.TopLogprobs ?? []).Select(ToLogprob)]);
}
