using LlamaGate.Application.Completions.Contracts;
using LlamaGate.Domain.Completions;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Completions;

/// <summary>The domain's log probabilities → OpenAI's older lists.</summary>
internal static class CompletionLogprobsMapping
{
    /// <param name="tokens">Tokens of the text.</param>
    /// <param name="top">How many alternatives were asked for.</param>
    /// <param name="offset">Where the first token begins.</param>
    public static CompletionLogprobs ToLogprobs(IReadOnlyList<TokenLogprob> tokens, int top, int offset)
    {
        var offsets = new int[tokens.Count];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = offset;
            offset += LengthOf(tokens[i].Token);
        }

        return new CompletionLogprobs
        {
            Tokens = [.. tokens.Select(token => token.Token)],
            TokenLogprobs = [.. tokens.Select(token => token.Logprob)],
            TopLogprobs = top == 0 ? null : [.. tokens.Select(ToTop)],
            TextOffset = offsets,
        };
    }

    /// <summary>Ollama tells those of the thinking first: an answer's text begins where no more is left than the text is long.</summary>
    public static IReadOnlyList<TokenLogprob> OfText(IReadOnlyList<TokenLogprob> tokens, GenerateUpdate answer)
    {
        if (string.IsNullOrEmpty(answer.Thinking))
        {
            return tokens;
        }

        var left = LengthOf(answer.Text);
        var first = tokens.Count;
        while (first > 0 && left >= LengthOf(tokens[first - 1].Token))
        {
            first--;
            left -= LengthOf(tokens[first].Token);
        }

        return [.. tokens.Skip(first)];
    }

    /// <summary>In Unicode characters, as Python counts.</summary>
    public static int LengthOf(string text)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            length++;
        }

        return length;
    }

    /// <summary>The token that was taken is among them, as OpenAI has it. Of tokens with the same text the likeliest is told.</summary>
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
