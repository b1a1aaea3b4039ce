using LlamaGate.Application.Dialects.Completions.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Dialects.Completions;

/// <summary>The domain's log probabilities → OpenAI's legacy lists.</summary>
internal static class CompletionLogprobsMapping
{
    /// <param name="tokens">Tokens of the text.</param>
    /// <param name="top">Number of alternatives that were requested.</param>
    /// <param name="offset">Where the first token begins.</param>
    public static CompletionLogprobs ToLogprobs(IReadOnlyList<TokenLogprob> tokens, int top, int offset)
    {
        var offsets = new int[tokens.Count];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = offset;
            offset += ContentTokens.LengthOf(tokens[i].Token);
        }

        return new CompletionLogprobs
        {
            Tokens = [.. tokens.Select(token => token.Token)],
            TokenLogprobs = [.. tokens.Select(token => token.Logprob)],
            TopLogprobs = top == 0 ? null : [.. tokens.Select(ToTop)],
            TextOffset = offsets,
        };
    }

    /// <summary>
    /// Includes the chosen token, as OpenAI does. Of several tokens with the same text, the most likely one is used.
    /// </summary>
    private static Dictionary<string, double> ToTop(TokenLogprob token)
    {
        var top = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var alternative in token.TopLogprobs)
        {
            top.TryAdd(alternative.Token, alternative.Logprob);
        }

        top.TryAdd(token.Token, token.Logprob);
        return top;
    }
}
