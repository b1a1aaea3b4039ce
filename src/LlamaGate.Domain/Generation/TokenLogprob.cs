namespace LlamaGate.Domain.Generation;

/// <summary>The log probability of a token, and its alternatives.</summary>
/// <param name="Token">The token's text.</param>
/// <param name="Logprob">Natural logarithm of its probability.</param>
/// <param name="Bytes">Its UTF-8 bytes; a token may be part of a character.</param>
/// <param name="TopLogprobs">The most likely alternatives; empty when none were requested.</param>
public sealed record TokenLogprob(
    string Token, double Logprob, IReadOnlyList<int>? Bytes, IReadOnlyList<TokenLogprob> TopLogprobs);
