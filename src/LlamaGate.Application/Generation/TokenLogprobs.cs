using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Generation;

/// <summary>The domain's log probabilities → OpenAI's.</summary>
internal static class TokenLogprobs
{
    public static IReadOnlyList<ChatTokenLogprob>? ToWire(IReadOnlyList<TokenLogprob>? tokens) =>
        tokens is null ? null : [.. tokens.Select(ToWire)];

    private static ChatTokenLogprob ToWire(TokenLogprob token) => new()
    {
        Token = token.Token,
        Logprob = token.Logprob,
        Bytes = token.Bytes,
        TopLogprobs = [.. token.TopLogprobs.Select(ToAlternative)],
    };

    private static ChatTokenLogprob ToAlternative(TokenLogprob token) =>
        new() { Token = token.Token, Logprob = token.Logprob, Bytes = token.Bytes };
}
