using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using LlamaGate.Application.Telemetry;

namespace LlamaGate.ArchitectureTests.Documents;

/// <summary>docs/observability.md, the board and the alerts use the names of the code, and leave none out.</summary>
public sealed partial class ObservabilityDocumentTests
{
    private static readonly string[] Names =
        [.. typeof(TelemetryNames).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!).Where(name => name.Contains('.', StringComparison.Ordinal))];

    private static readonly string Document = Read("docs/observability.md");

    [Fact]
    public void Document_EveryName_IsInIt()
    {
        Assert.NotEmpty(Names);
        Assert.All(Names, name => Assert.Contains($"`{name}`", Document, StringComparison.Ordinal));
    }

    [Fact]
    public void Document_NoOtherName_IsInIt() => Assert.All(
        Quoted().Matches(Document).Select(match => match.Groups["name"].Value), name => Assert.Contains(name, Names, StringComparer.Ordinal));

    /// <summary>As the exporter writes them: the name with <c>_</c>, then unit and kind.</summary>
    [Theory]
    [InlineData("deploy/grafana/llamagate.json")]
    [InlineData("deploy/prometheus/alerts.yml")]
    public void Deployed_Names_BeginWithOneOfTheCode(string file)
    {
        var used = Exported().Matches(Read(file)).Select(match => match.Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(used);
        Assert.All(used, word => Assert.Contains(Names, name => word.StartsWith(name.Replace('.', '_'), StringComparison.Ordinal)));
    }

    [Fact]
    public void Board_Everything_IsWhatGrafanaImports()
    {
        var board = JsonElement.Parse(Read("deploy/grafana/llamagate.json"));
        var panels = board.GetProperty("panels").EnumerateArray().ToList();
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.Equal(
            ["Who uses what", "Queue", "Hosts", "Latency", "Loads"],
            panels.Where(panel => panel.GetProperty("type").GetString() == "row").Select(panel => panel.GetProperty("title").GetString()),
            StringComparer.Ordinal);
        Assert.All(
            panels.Where(panel => panel.GetProperty("type").GetString() != "row"),
            panel => Assert.NotEmpty(panel.GetProperty("description").GetString()!));
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Projects.Root, file));

    [GeneratedRegex(@"`(?<name>(?:gen_ai|llamagate)\.[a-z_.]+)`", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(?:gen_ai|llamagate)_[a-z_]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Exported();
}
