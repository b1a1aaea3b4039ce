namespace LlamaGate.Domain.Models;

/// <summary>A pattern of models' names, in which <c>*</c> stands for any characters and <c>?</c> for one.</summary>
public static class ModelPattern
{
    private const char Any = '*';
    private const char One = '?';

    /// <summary>Whether a pattern means a model: in any case of letters, and without a tag <c>:latest</c> too.</summary>
    public static bool Matches(string pattern, string name) =>
        MatchesText(pattern, name) || MatchesText(ModelName.Short(pattern), ModelName.Short(name));

    /// <summary>Whether a pattern matches a string as a whole, in any case of letters.</summary>
    public static bool MatchesText(string pattern, string text)
    {
        var (p, t) = (0, 0);
        // Where to go on when what follows the last star does not match: the star takes one character more.
        var (afterStar, retryAt) = (-1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == Any)
            {
                (afterStar, retryAt) = (++p, t);
            }
            else if (p < pattern.Length && (pattern[p] == One || AreSame(pattern[p], text[t])))
            {
                p++;
                t++;
            }
            else if (afterStar >= 0)
            {
                (p, t) = (afterStar, ++retryAt);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart(Any).IsEmpty;
    }

    private static bool AreSame(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
