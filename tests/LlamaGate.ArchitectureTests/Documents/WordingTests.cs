using System.Text.RegularExpressions;

namespace LlamaGate.ArchitectureTests.Documents;

/// <summary>The phrases that docs/STYLE.md excludes do not come back.</summary>
public sealed class WordingTests
{
    private const string StyleDocument = "docs/STYLE.md";

    private static readonly Regex Excluded = new(
        $@"\b({string.Join('|', MarkdownTable.Read(StyleDocument, "not").Select(row => Regex.Escape(row[0])))})(s?)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(5));

    [Fact]
    public void Texts_ExcludedPhrases_AreNotThere()
    {
        var found =
            from file in Texts()
            from line in File.ReadLines(file)
            where Excluded.IsMatch(line)
            select $"{Path.GetRelativePath(Projects.Root, file)}: {line.Trim()}";
        Assert.Equal("", string.Join('\n', found));
    }

    [Theory]
    [InlineData("Whoever calls it", true)]
    [InlineData("Many kept answers", true)]
    [InlineData("A shallow copy", false)]
    public void Phrase_InASentence_IsFoundAsAWord(string sentence, bool isFound) => Assert.Equal(isFound, Excluded.IsMatch(sentence));

    private static IEnumerable<string> Texts() =>
        from source in new (string Folder, string[] Patterns)[]
        {
            (".", ["*.md", ".env.example"]),
            ("src", ["*.cs"]),
            ("install", ["*.sh", "*.cmd", "*.ps1"]),
            ("scripts", ["*.sh", "*.cmd", "*.ps1"]),
        }
        from pattern in source.Patterns
        from file in Projects.Files(source.Folder, pattern)
        where !file.EndsWith(StyleDocument, StringComparison.Ordinal)
        select file;
}
