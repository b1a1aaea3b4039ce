namespace LlamaGate.Bench.Report;

/// <summary>The part of a document between two markers, which are comments and so not seen by readers.</summary>
internal static class DocumentPart
{
    private const string Begin = "<!-- bench: begin -->";
    private const string End = "<!-- bench: end -->";

    /// <exception cref="InvalidDataException">The markers are not there.</exception>
    public static string Replace(string document, string part)
    {
        var begin = document.IndexOf(Begin, StringComparison.Ordinal);
        var end = document.IndexOf(End, StringComparison.Ordinal);
        return begin >= 0 && end > begin
            ? $"{document[..(begin + Begin.Length)]}\n\n{part.Trim()}\n\n{document[end..]}"
            : throw new InvalidDataException($"The document has no '{Begin}' before an '{End}'.");
    }

    public static async Task WriteAsync(string file, string part, CancellationToken cancellationToken) =>
        await File.WriteAllTextAsync(file, Replace(await File.ReadAllTextAsync(file, cancellationToken), part), cancellationToken);
}
