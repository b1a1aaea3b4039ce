using Mono.Cecil;

namespace LlamaGate.ArchitectureTests.Folders;

/// <summary>Within a project the folders form layers too: each can be read without those that use it.</summary>
public sealed class CircleTests
{
    private const string Dialects = "LlamaGate.Application.Dialects";

    public static TheoryData<string> Names { get; } =
        ["LlamaGate.Domain", "LlamaGate.Application", "LlamaGate.Infrastructure", "LlamaGate.Api"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Folders_OfAProject_FormNoCircle(string project)
    {
        var graph = new FolderGraph(Projects.AssemblyOf(project), project);
        Assert.NotEmpty(graph.Folders);
        var circles = graph.FindCircles().ToList();
        Assert.True(circles.Count == 0, string.Join('\n', circles));
    }

    /// <summary>What two dialects share stands outside of both, or a change for one would be a change for the other.</summary>
    [Fact]
    public void Dialects_None_UseAnother()
    {
        using var module = ModuleDefinition.ReadModule(Projects.Application.Location);
        var uses = (
            from type in TypeUses.TypesOf(module)
            let dialect = DialectOf(type)
            where dialect is not null
            from use in TypeUses.Of(type)
            let other = DialectOf(use)
            select (type, dialect, use, other)).ToList();
        Assert.NotEmpty(uses);
        Assert.Empty(uses.Where(found => found.other is not null && found.other != found.dialect)
            .Select(found => $"{found.type.FullName} uses {found.use.FullName}").Distinct(StringComparer.Ordinal));
    }

    private static string? DialectOf(TypeReference type)
    {
        var path = TypeUses.NamespaceOf(type);
        return path.StartsWith(Dialects + ".", StringComparison.Ordinal) ? path[(Dialects.Length + 1)..].Split('.')[0] : null;
    }
}
