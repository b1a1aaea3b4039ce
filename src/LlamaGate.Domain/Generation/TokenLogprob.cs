namespace LlamaGate.Domain.Generation;

/// <summary>How likely a token was, and what else might have stood there.</summary>
/// <param name="Token">The token's text.</param>
/// <param name="Logprob">Natural logarithm of its probability.</param>
/// <param name="Bytes">Its UTF-8 bytes; a token may be part of a character.</param>
/// <param name="TopLogprobs">The likeliest alternatives; empty when none were asked for.</param>
public sealed record TokenLogprob(
    string Token, double Logprob, IReadOnlyList<int>? Bytes, IReadOnlyList<TokenLogprob> TopLogprobs);
