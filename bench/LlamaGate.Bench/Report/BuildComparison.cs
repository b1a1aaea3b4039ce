using System.Globalization;
using System.Text;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Report;

/// <summary>
/// Several builds of the gateway side by side: each build's CPU in relation to YARP, and in relation to the first
/// build, round by round. So a change can be shown to cost nothing.
/// </summary>
internal static class BuildComparison
{
    private const string Cpu = "cpu";

    /// <summary>Empty when the run has fewer than two builds.</summary>
    public static string Of(IReadOnlyList<ScenarioReport> scenarios)
    {
        var rows = scenarios.Where(scenario => Builds(scenario).Length > 1 && scenario.Values.ContainsKey(Cpu)).ToArray();
        if (rows.Length == 0)
        {
            return string.Empty;
        }

        var builds = Builds(rows[0]);
        var text = new StringBuilder("### CPU ÷ YARP, build by build\n\n");
        string[] headers = ["figure", .. builds, .. builds.Skip(1).Select(build => $"{build} ÷ {builds[0]}"), "A/A spread"];
        MarkdownReport.Row(text, ["", .. headers]);
        MarkdownReport.Row(text, ["---", "---", .. headers.Skip(1).Select(_ => "---:")]);
        foreach (var scenario in rows)
        {
            MarkdownReport.Row(text, Cells(scenario, builds));
        }

        return text.ToString();
    }

    private static IEnumerable<string> Cells(ScenarioReport scenario, string[] builds) =>
    [
        scenario.Name,
        scenario.Figures.Find(figure => figure.Key == Cpu)?.Title ?? Cpu,
        .. builds.Select(build => MarkdownReport.Number(scenario.Versus(Cpu, build, ServerKind.Yarp), 2)),
        .. builds.Skip(1).Select(build => MarkdownReport.Number(
            Ratios.Paired(scenario.Rounds(Cpu, build), scenario.Rounds(Cpu, builds[0])), 3)),
        string.Create(CultureInfo.InvariantCulture, $"{MarkdownReport.Number(100 * scenario.Noise(Cpu), 1)} %"),
    ];

    private static string[] Builds(ScenarioReport scenario) =>
        [.. scenario.Servers.Where(row => row.Kind == ServerKind.Gateway).Select(row => row.Label)];
}
