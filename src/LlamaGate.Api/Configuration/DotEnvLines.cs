namespace LlamaGate.Api.Configuration;

/// <summary>
/// Finds the lines of a <c>.env</c> that set nothing. The library skips a line that is not an assignment and stops at an unclosed
/// quote; in both cases a setting is lost, and an operator needs the line number.
/// </summary>
internal static class DotEnvLines
{
    private const string Export = "export ";

    public static IReadOnlyList<(int Line, string Problem)> FindFaults(IReadOnlyList<string> lines)
    {
        var faults = new List<(int Line, string Problem)>();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = Clean(lines[i]);
            if (line is not ("" or ['#', ..]) && FindFault(lines, line, ref i) is { } problem)
            {
                faults.Add((i + 1, problem));
            }
        }

        return faults;
    }

    /// <summary>The probable values of a malformed file: only for finding further errors, never for starting.</summary>
    /// <param name="lines">The file's.</param>
    /// <param name="faulty">Numbers of the lines that set nothing.</param>
    public static Dictionary<string, string> ReadLoosely(IReadOnlyList<string> lines, IEnumerable<int> faulty)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.Where((_, index) => !faulty.Contains(index + 1)).Select(Clean))
        {
            if (line is not ['#', ..] && Split(line) is var (name, value))
            {
                values[name] = IsQuoted(value) ? value.Trim(value[0]) : value.Split(" #")[0].Trim();
            }
        }

        return values;
    }

    /// <summary>The number of the line that sets a name, counted from 1; 0 when none does.</summary>
    public static int NumberOf(string name, IReadOnlyList<string> lines) =>
        lines.ToList().FindIndex(line => Split(Clean(line)) is var (found, _) && found == name) + 1;

    /// <param name="lines">The file's.</param>
    /// <param name="line">The one that begins an assignment.</param>
    /// <param name="number">Its index; afterwards that of the last line of its value.</param>
    private static string? FindFault(IReadOnlyList<string> lines, string line, ref int number)
    {
        if (Split(line) is not var (_, value))
        {
            return "is malformed; allowed: NAME=value, # comment";
        }

        if (!IsQuoted(value))
        {
            return null;
        }

        if (EndOf(lines, number, value) is not var (last, after))
        {
            return "is malformed: its quoted value is not closed";
        }

        number = last;
        return after.Trim() is "" or ['#', ..] ? null : "is malformed: there is text after the closing quote";
    }

    private static string Clean(string line) => line.Trim().TrimStart('\uFEFF');

    private static (string Name, string Value)? Split(string line)
    {
        var text = line.StartsWith(Export, StringComparison.Ordinal) ? line[Export.Length..] : line;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? (text[..equals].Trim(), text[(equals + 1)..].Trim()) : null;
    }

    private static bool IsQuoted(string value) => value.Length > 0 && value[0] is '"' or '\'';

    /// <summary>The last line of a quoted value, which may span several lines, and what follows its quote; null when that is never closed.</summary>
    private static (int Line, string After)? EndOf(IReadOnlyList<string> lines, int first, string value)
    {
        var text = value[1..];
        for (var line = first; ; text = lines[line])
        {
            if (ClosingQuote(text, value[0]) is var at and >= 0)
            {
                return (line, text[(at + 1)..]);
            }

            if (++line == lines.Count)
            {
                return null;
            }
        }
    }

    /// <summary>As in the library, a backslash takes the meaning from the character behind it.</summary>
    private static int ClosingQuote(string text, char quote)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                return i;
            }

            i += text[i] is '\\' ? 1 : 0;
        }

        return -1;
    }
}
