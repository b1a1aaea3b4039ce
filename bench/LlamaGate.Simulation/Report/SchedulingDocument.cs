namespace LlamaGate.Simulation.Report;

/// <summary>What the simulation writes into docs/scheduling.md.</summary>
internal static class SchedulingDocument
{
    private const string Begin = "<!-- simulation: begin -->\n\n";
    private const string End = "\n<!-- simulation: end -->";

    public static string PathIn(string root) => Path.Combine(root, "docs", "scheduling.md");

    public static string PicturesIn(string root) => Path.Combine(root, "docs", "images", "scheduling");

    /// <summary>The table that stands in the document.</summary>
    /// <exception cref="FormatException">The document has no marks for a table.</exception>
    public static string TableOf(string document)
    {
        var (begin, end) = Find(document);
        return document[begin..end];
    }

    public static async Task WriteAsync(IReadOnlyList<ScenarioReport> reports, string root)
    {
        await WritePicturesAsync(reports, PicturesIn(root));
        var document = await File.ReadAllTextAsync(PathIn(root));
        var (begin, end) = Find(document);
        await File.WriteAllTextAsync(PathIn(root), document[..begin] + MarkdownTable.Of(reports) + document[end..]);
    }

    public static async Task WritePicturesAsync(IEnumerable<ScenarioReport> reports, string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (var report in reports)
        {
            await File.WriteAllTextAsync(Path.Combine(directory, $"{report.Name}.svg"), report.Svg);
        }
    }

    private static (int Begin, int End) Find(string document)
    {
        var begin = document.IndexOf(Begin, StringComparison.Ordinal);
        var end = document.IndexOf(End, StringComparison.Ordinal);
        return begin >= 0 && end > begin
            ? (begin + Begin.Length, end)
            : throw new FormatException("docs/scheduling.md has no marks for the table");
    }
}
