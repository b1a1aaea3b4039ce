namespace LlamaGate.ArchitectureTests;

/// <summary>A file past this length has two reasons to change.</summary>
public sealed class FileTests
{
    private const int MaxLines = 300;

    [Fact]
    public void SourceFiles_All_AreShort()
    {
        var files = Projects.Files("src", "*.cs").ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            var lines = File.ReadLines(file).Count();
            Assert.True(lines <= MaxLines, $"{Path.GetRelativePath(Projects.Root, file)} has {lines} lines.");
        });
    }

    /// <summary>Folders mirror namespaces, so that a type's name tells where it is.</summary>
    [Fact]
    public void SourceFiles_All_StandInTheFolderOfTheirNamespace() => Assert.All(Projects.Files("src", "*.cs"), file =>
    {
        var path = Path.GetRelativePath(Path.Combine(Projects.Root, "src"), Path.GetDirectoryName(file)!);
        var declared = File.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal));
        if (declared is not null)
        {
            Assert.Equal($"namespace {path.Replace(Path.DirectorySeparatorChar, '.')};", declared);
        }
    });
}
