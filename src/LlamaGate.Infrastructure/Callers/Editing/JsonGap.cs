using System.Text;

namespace LlamaGate.Infrastructure.Callers.Editing;

/// <summary>The text between the values of a list: blanks, comments and at most one comma.</summary>
internal static class JsonGap
{
    private const byte LineFeed = (byte)'\n';

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>The comma between two places that is in no comment; -1 when there is none.</summary>
    public static int FindComma(byte[] text, int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            if (text[at] is (byte)',')
            {
                return at;
            }

            if (text[at] is (byte)'/')
            {
                at = EndOfComment(text, at, to) - 1;
            }
        }

        return -1;
    }

    /// <summary>How many blanks stand before a place.</summary>
    public static int BlanksBefore(byte[] text, int place) => place - text.AsSpan(0, place).TrimEnd(Blanks).Length;

    /// <summary>The blanks before a value that is the first in its line; null when something else is.</summary>
    public static string? IndentOf(byte[] text, int place)
    {
        var start = StartOfLine(text, place);
        var indent = text.AsSpan(start, place - start);
        return indent.IndexOfAnyExcept(Blanks) < 0 ? Encoding.ASCII.GetString(indent) : null;
    }

    /// <summary>Widens a range to whole lines, with a comment behind it, where nothing else stands in them.</summary>
    /// <param name="least">It does not begin before this.</param>
    /// <param name="most">It does not end after this.</param>
    public static (int Start, int End) WholeLine(byte[] text, int start, int end, int least, int most)
    {
        var first = StartOfLine(text, start);
        if (first < least || IndentOf(text, start) is null)
        {
            return (start, end);
        }

        var at = end;
        while (at < most && text[at] is not LineFeed)
        {
            if (text[at] is (byte)'/')
            {
                at = EndOfComment(text, at, most);
            }
            else if (Blanks.Contains(text[at]))
            {
                at++;
            }
            else
            {
                return (start, end);
            }
        }

        return at < most ? (first, at + 1) : (start, end);
    }

    private static int StartOfLine(byte[] text, int place) => text.AsSpan(0, place).LastIndexOf(LineFeed) + 1;

    /// <summary>For a line's comment the line feed, for the other one the place behind it.</summary>
    private static int EndOfComment(byte[] text, int at, int to)
    {
        var rest = text.AsSpan(at, to - at);
        if (rest.StartsWith("/*"u8))
        {
            var length = rest[2..].IndexOf("*/"u8);
            return length < 0 ? to : at + length + 4;
        }

        var line = rest.IndexOf(LineFeed);
        return line < 0 ? to : at + line;
    }
}
