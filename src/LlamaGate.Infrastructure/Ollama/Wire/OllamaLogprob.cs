using System.Text.Json;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>A token's log probability.</summary>
internal sealed record OllamaLogprob
{
    public string? Token { get; init; }

    public double Logprob { get; init; }

    public IReadOnlyList<int>? Bytes { get; init; }

    public IReadOnlyList<OllamaLogprob?>? TopLogprobs { get; init; }

    public static IReadOnlyList<TokenLogprob>? ToDomain(IReadOnlyList<OllamaLogprob?>? tokens) =>
        tokens is null ? null : [.. tokens.Select(ToDomain)];

    private static TokenLogprob ToDomain(OllamaLogprob? token) => token is null
        ? throw new JsonException("A log probability is null.")
        : new(token.Token ?? "", token.Logprob, token.Bytes, [.. (token.TopLogprobs ?? []).Select(ToDomain)]);
}
