using System.Globalization;
using System.Text;

namespace LlamaGate.Simulation.Report;

/// <summary>Figures as they are printed, and as they stand in docs/scheduling.md.</summary>
internal static class MarkdownTable
{
    public static string Of(IEnumerable<ScenarioReport> reports)
    {
        var text = new StringBuilder("| scenario | figure | value | target | |\n|---|---|---|---|---|\n");
        foreach (var report in reports)
        {
            foreach (var figure in report.Figures)
            {
                var verdict = figure.Target.Length == 0 ? "" : figure.IsMet ? "met" : "missed";
                text.Append(CultureInfo.InvariantCulture, $"| {report.Name} | {figure.Name} | {figure.Value} ");
                text.Append(CultureInfo.InvariantCulture, $"| {figure.Target} | {verdict} |\n");
            }
        }

        return text.ToString();
    }
}
