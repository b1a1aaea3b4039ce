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
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (Split(line) is not var (_, value))
            {
                faults.Add((i + 1, "is malformed; allowed: NAME=value, # comment"));
            }
            else if (EndOf(lines, i, value) is { } end)
            {
                i = end;
            }
            else
            {
                faults.Add((i + 1, "is malformed: its quoted value is not closed"));
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

    private static string Clean(string line) => line.Trim().TrimStart('\uFEFF');

    private static (string Name, string Value)? Split(string line)
    {
        var text = line.StartsWith(Export, StringComparison.Ordinal) ? line[Export.Length..] : line;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? (text[..equals].Trim(), text[(equals + 1)..].Trim()) : null;
    }

    private static bool IsQuoted(string value) => value.Length > 0 && value[0] is '"' or '\'';

    /// <summary>The last line of a value that may span several lines; null when its quote is never closed.</summary>
    private static int? EndOf(IReadOnlyList<string> lines, int first, string value)
    {
        if (!IsQuoted(value) || value.IndexOf(value[0], 1) > 0)
        {
            return first;
        }

        var next = first + 1;
        while (next < lines.Count && !lines[next].Contains(value[0], StringComparison.Ordinal))
        {
            next++;
        }

        return next < lines.Count ? next : null;
    }
}
