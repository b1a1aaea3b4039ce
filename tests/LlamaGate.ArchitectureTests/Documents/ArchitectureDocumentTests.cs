using System.Text.RegularExpressions;
using System.Xml.Linq;
using LlamaGate.Api;

namespace LlamaGate.ArchitectureTests.Documents;

/// <summary>docs/architecture.md is the plan that the code has.</summary>
public sealed partial class ArchitectureDocumentTests
{
    private const int MaxLines = 80;

    private static readonly string[] Document =
        File.ReadAllLines(Path.Combine(Projects.Root, "docs/architecture.md"));

    [Fact]
    public void Document_Length_IsOneSitting() => Assert.InRange(Document.Length, 1, MaxLines);

    [Fact]
    public void Diagram_Edges_AreTheProjectReferences()
    {
        var lines = Block("```mermaid");
        Assert.Equal("flowchart LR", lines[0]);
        var drawn = lines.Skip(1).Select(line => Edge().Match(line));
        Assert.Equal(References(), drawn.Select(edge => (edge.Groups["from"].Value, edge.Groups["to"].Value)).Order());
    }

    [Fact]
    public void Rooms_All_AreFolders()
    {
        var rooms = Rooms().ToList();
        Assert.NotEmpty(rooms);
        Assert.All(rooms, room => Assert.True(Directory.Exists(Path.Combine(Projects.Root, room)), $"{room} is not there."));
    }

    /// <summary>The other direction: a folder that the plan leaves out is in no place that anybody chose.</summary>
    [Fact]
    public void Folders_OfTheProjects_AreRooms()
    {
        var folders =
            from file in Projects.Files("src", "*.cs")
            let path = Path.GetRelativePath(Projects.Root, file).Split(Path.DirectorySeparatorChar)
            where path.Length > 3
            select string.Join('/', path[..3]);
        Assert.All(folders.Distinct(StringComparer.Ordinal), folder => Assert.True(
            Rooms().Any(room => $"{room}/".StartsWith($"{folder}/", StringComparison.Ordinal)), $"{folder} is not in the document."));
    }

    [Fact]
    public void Middleware_InBold_IsThePipelineInItsOrder()
    {
        var steps = Document.SkipWhile(line => line is not "## The path of a request").TakeWhile(line => !line.StartsWith('`'));
        var named = steps.SelectMany(line => Bold().Matches(line)).Select(match => match.Groups["name"].Value);
        Assert.Equal(string.Join('\n', Pipeline.Steps.Select(step => step.Name)), string.Join('\n', named));
    }

    private static List<string> Block(string fence) =>
        [.. Document.SkipWhile(line => line != fence).Skip(1).TakeWhile(line => line is not "```")];

    /// <summary>Lines that begin with <c>src/</c> name a project, those below it its folders.</summary>
    private static IEnumerable<string> Rooms()
    {
        var project = "";
        foreach (var line in Block("```text"))
        {
            if (!line.StartsWith(' '))
            {
                project = line[..line.IndexOf("/ ", StringComparison.Ordinal)];
                yield return project;
                continue;
            }

            foreach (var folder in Folder().Matches(line).Select(match => match.Groups["folder"].Value))
            {
                yield return $"{project}/{folder}";
            }
        }
    }

    private static IEnumerable<(string From, string To)> References() => (
        from project in Projects.Files("src", "*.csproj")
        from reference in XDocument.Load(project).Descendants("ProjectReference")
        select (Short(project), Short(reference.Attribute("Include")!.Value)))
        .Order();

    private static string Short(string project) => Path.GetFileNameWithoutExtension(project)["LlamaGate.".Length..];

    [GeneratedRegex(@"^    (?<from>\w+) --> (?<to>\w+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Edge();

    [GeneratedRegex(@"(?<= )(?<folder>\w+(/\w+)*)/(?= |$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Folder();

    [GeneratedRegex(@"\*\*(?<name>[a-z-]+)\*\*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bold();
}
