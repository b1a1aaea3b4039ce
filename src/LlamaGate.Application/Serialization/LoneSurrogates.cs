namespace LlamaGate.Application.Serialization;

/// <summary>
/// Half a surrogate pair, escaped: <c>\ud83d</c> alone. Programs that cut a text in the middle of a character send it, it stays in their
/// history, and models write it. Ollama reads it as the replacement character, as Go does; .NET's reader would refuse the request.
/// </summary>
public static class LoneSurrogates
{
    private const int EscapeLength = 6;

    /// <summary>Replaces each by <c>\ufffd</c>, which has the same length.</summary>
    /// <param name="json">A whole text; what is no JSON stays none.</param>
    public static void Replace(Span<byte> json)
    {
        for (var i = 0; FindNext(json, i) is var start && start >= 0;)
        {
            var isPair = IsHalf(json, start, isFirst: true) && IsHalf(json, start + EscapeLength, isFirst: false);
            if (!isPair)
            {
                @"\ufffd"u8.CopyTo(json[start..]);
            }

            i = start + (isPair ? 2 * EscapeLength : EscapeLength);
        }
    }

    /// <returns>The start of the next escape of a surrogate; −1 when there is none.</returns>
    private static int FindNext(ReadOnlySpan<byte> json, int from)
    {
        while (from < json.Length && json[from..].IndexOf(@"\u"u8) is var offset && offset >= 0)
        {
            var start = from + offset;
            if (!IsEscaped(json, start) && (IsHalf(json, start, isFirst: true) || IsHalf(json, start, isFirst: false)))
            {
                return start;
            }

            from = start + 2;
        }

        return -1;
    }

    /// <summary>The backslash is itself the character that a backslash before it stands for.</summary>
    private static bool IsEscaped(ReadOnlySpan<byte> json, int backslash)
    {
        var before = json[..backslash];
        return (before.Length - before.TrimEnd((byte)'\\').Length) % 2 == 1;
    }

    /// <param name="isFirst">A first half is D800–DBFF, a second one DC00–DFFF.</param>
    private static bool IsHalf(ReadOnlySpan<byte> json, int start, bool isFirst)
    {
        if (start + EscapeLength > json.Length)
        {
            return false;
        }

        var escape = json.Slice(start, EscapeLength);
        return escape.StartsWith(@"\u"u8) && (escape[2] | 0x20) == 'd' && char.IsAsciiHexDigit((char)escape[4]) && char.IsAsciiHexDigit((char)escape[5])
            && (isFirst ? (char)(escape[3] | 0x20) is '8' or '9' or 'a' or 'b' : (char)(escape[3] | 0x20) is 'c' or 'd' or 'e' or 'f');
    }
}
