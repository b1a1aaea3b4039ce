using System.Text;

namespace LlamaGate.Application.Dialects;

/// <summary>
/// A thought in a form that clients give back without a look inside: an encoding, no secret. Thus a thought that a client does not show
/// still reaches the model with the next request.
/// </summary>
public static class ReasoningSeal
{
    /// <summary>What each seal begins with. Alone it is the seal of a thought whose text goes beside it.</summary>
    public const string Mark = "lg1.";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Seal(string text) => Mark + Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>The text; null when this is not a seal of ours, or holds no text.</summary>
    public static string? TryOpen(string? seal)
    {
        if (seal is null || !seal.StartsWith(Mark, StringComparison.Ordinal))
        {
            return null;
        }

        var bytes = new byte[seal.Length];
        if (!Convert.TryFromBase64Chars(seal.AsSpan(Mark.Length), bytes, out var length) || length == 0)
        {
            return null;
        }

        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
