using System.Text.RegularExpressions;

namespace LlamaGate.ArchitectureTests.Documents;

/// <summary>What the documents point to is there.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Documents =>
        [.. Projects.Files(".", "*.md").Select(file => Path.GetRelativePath(Projects.Root, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_WithinTheRepository_LeadToAFile(string document)
    {
        var path = Path.Combine(Projects.Root, document);
        Assert.All(Link().Matches(File.ReadAllText(path)).Select(match => match.Groups["link"].Value).Where(IsRelative), link =>
        {
            var parts = link.Split('#');
            var target = parts[0].Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, parts[0]);
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{document} points to {link}, which is not there.");
            Assert.True(parts.Length == 1 || Anchors(target).Contains(parts[1], StringComparer.Ordinal), $"{document} points to {link}: no such heading.");
        });
    }

    private static bool IsRelative(string link) => !link.Contains("://", StringComparison.Ordinal)
        && !link.StartsWith("mailto:", StringComparison.Ordinal);

    /// <summary>Headings as GitHub makes anchors of them.</summary>
    private static IEnumerable<string> Anchors(string file) => File.ReadLines(file)
        .Where(line => line.StartsWith('#'))
        .Select(line => NotInAnchors().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<link>[^)\s]+)\)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotInAnchors();
}
