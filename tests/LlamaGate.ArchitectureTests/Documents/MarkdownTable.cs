using System.Text.RegularExpressions;

namespace LlamaGate.ArchitectureTests.Documents;

/// <summary>Reads the documents as far as tests need it.</summary>
internal static partial class MarkdownTable
{
    /// <summary>The rows of the table whose first column has this title; back-ticks around a whole cell are dropped.</summary>
    public static IReadOnlyList<string[]> Read(string document, string firstColumn)
    {
        var rows = File.ReadLines(Path.Combine(Projects.Root, document))
            .SkipWhile(line => !line.StartsWith($"| {firstColumn} |", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => CellEnd().Split(line.Trim().Trim('|')).Select(Clean).ToArray());
        return [.. rows];
    }

    private static string Clean(string cell)
    {
        var text = cell.Trim();
        return text.Length > 2 && text[0] == '`' && text.IndexOf('`', 1) == text.Length - 1 ? text[1..^1] : text;
    }

    [GeneratedRegex(@"(?<!\\)\|", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CellEnd();
}
