using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LlamaGate.ArchitectureTests.Documents;

/// <summary>The diagram of the projects is what they refer to.</summary>
public sealed partial class ArchitectureDocumentTests
{
    [Fact]
    public void Diagram_Edges_AreTheProjectReferences()
    {
        var lines = File.ReadLines(Path.Combine(House.Root, "docs/architecture.md"))
            .SkipWhile(line => line is not "```mermaid").Skip(1).TakeWhile(line => line is not "```").ToList();
        Assert.Equal("flowchart LR", lines[0]);
        var drawn = lines.Skip(1).Select(line => Edge().Match(line));
        Assert.Equal(References(), drawn.Select(edge => (edge.Groups["from"].Value, edge.Groups["to"].Value)).Order());
    }

    private static IEnumerable<(string From, string To)> References() => (
        from project in House.Files("src", "*.csproj")
        from reference in XDocument.Load(project).Descendants("ProjectReference")
        select (Short(project), Short(reference.Attribute("Include")!.Value)))
        .Order();

    private static string Short(string project) => Path.GetFileNameWithoutExtension(project)["LlamaGate.".Length..];

    [GeneratedRegex(@"^    (?<from>\w+) --> (?<to>\w+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Edge();
}
