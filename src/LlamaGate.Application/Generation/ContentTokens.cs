using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Generation;

/// <summary>Finds the tokens of an answer's content among those of its thinking and its content.</summary>
internal static class ContentTokens
{
    /// <summary>The last tokens, up to the length of the content.</summary>
    public static IReadOnlyList<TokenLogprob> Of(IReadOnlyList<TokenLogprob> tokens, string content)
    {
        var left = LengthOf(content);
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
}
