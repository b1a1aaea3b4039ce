using LlamaGate.Api.Configuration;

namespace LlamaGate.ArchitectureTests.Documents;

/// <summary>The tables of variables in the documents are the code's.</summary>
public sealed class ConfigurationDocumentTests
{
    [Fact]
    public void ConfigurationDocument_Table_SaysWhatTheHelpSays() => Assert.Equal(
        Variables.All.Select(variable => (variable.Name, DefaultOf(variable), variable.Allowed, variable.Purpose)),
        MarkdownTable.Read("docs/configuration.md", "variable").Select(row => (row[0], row[1], row[2], row[3])));

    /// <summary>Every variable stands there with its default, commented out, under the words of the help.</summary>
    [Fact]
    public void EnvExample_Lines_AreTheTable()
    {
        var expected = Variables.All.SelectMany(variable => new[]
        {
            $"# {variable.Purpose}",
            $"# allowed: {variable.Allowed}",
            $"# {variable.Name}={variable.Default}",
            "",
        });
        var lines = File.ReadAllLines(Path.Combine(Projects.Root, ".env.example"));
        Assert.Equal(Text(expected.SkipLast(1)), Text(lines.SkipWhile(line => line.Length > 0).Skip(1)));
    }

    /// <summary>Copied as it stands it must change nothing, above all not bring a key that everybody knows.</summary>
    [Fact]
    public void EnvExample_CopiedAsItStands_ChangesNothing()
    {
        var directory = Directory.CreateTempSubdirectory();
        try
        {
            File.Copy(Path.Combine(Projects.Root, ".env.example"), Path.Combine(directory.FullName, ".env"));
            var settings = SettingsReader.Read(directory.FullName, new Dictionary<string, string>(StringComparer.Ordinal));
            Assert.Equal(new GatewaySettings(), settings);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static string Text(IEnumerable<string> lines) => string.Join('\n', lines);

    private static string DefaultOf(Variable variable) => variable.Default is "" ? "empty" : variable.Default;
}
