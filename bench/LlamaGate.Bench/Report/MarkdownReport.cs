using System.Globalization;
using System.Text;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Report;

/// <summary>Writes a scenario as a table, and under it the spread of the machine and the targets.</summary>
internal static class MarkdownReport
{
    private const string None = "–";

    public static string Of(ScenarioReport report, IReadOnlyList<Target> targets)
    {
        var text = new StringBuilder($"### {report.Title}\n\n");
        var headers = report.Figures.SelectMany(figure => Headers(report, figure)).ToArray();
        Row(text, ["", .. headers]);
        Row(text, ["---", .. headers.Select(_ => "---:")]);
        foreach (var server in report.Servers)
        {
            Row(text, [server.Label, .. report.Figures.SelectMany(figure => Cells(report, figure, server.Label))]);
        }

        if (report.Figures.Exists(figure => !double.IsNaN(report.Noise(figure.Key))))
        {
            Row(text, ["*A/A spread*", .. report.Figures.SelectMany(figure => Noise(report, figure))]);
        }

        Verdicts(text, report, targets);
        foreach (var fault in report.Faults)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n**Fault:** {fault}\n");
        }

        return text.ToString();
    }

    private static void Verdicts(StringBuilder text, ScenarioReport report, IReadOnlyList<Target> targets)
    {
        var mine = targets.Where(target => target.Scenario == report.Name).ToArray();
        var gateways = report.Servers.Where(server => server.Kind == ServerKind.Gateway).ToArray();
        if (mine.Length == 0 || gateways.Length == 0)
        {
            return;
        }

        text.Append('\n');
        Row(text, ["target", "", "floor", .. gateways.Select(gateway => gateway.Label)]);
        Row(text, ["---", "---", "---", .. gateways.Select(_ => "---")]);
        foreach (var target in mine)
        {
            var figure = report.Figures.Find(figure => figure.Key == target.Figure);
            Row(text,
            [
                figure?.Title ?? target.Figure, Bound(target), target.Floor is { } floor ? Number(floor, 2) : None,
                .. gateways.Select(gateway => Verdict(report, target, gateway.Label, figure)),
            ]);
        }
    }

    private static string Verdict(ScenarioReport report, Target target, string server, Figure? figure)
    {
        var value = ValueOf(report, target, server);
        var shown = target.Versus is null ? Number(value, figure?.Decimals ?? 1) : Number(value, 2) + " ×";
        return $"{shown}: {target.Judge(value)}";
    }

    public static double ValueOf(ScenarioReport report, Target target, string server) => target.Versus is null
        ? report.Median(target.Figure, server)
        : report.Versus(target.Figure, server, ServerKind.Yarp);

    private static string Bound(Target target)
    {
        var sign = target.AtMost is null ? "≥" : "≤";
        var bound = (target.AtMost ?? target.AtLeast ?? double.NaN).ToString("#,0.##", CultureInfo.InvariantCulture);
        return target.Versus is null ? $"{sign} {bound}" : $"{sign} {bound} × YARP";
    }

    private static IEnumerable<string> Headers(ScenarioReport report, Figure figure) =>
        [figure.Column, .. Baselines(report, figure).Select(baseline => baseline.Column)];

    private static IEnumerable<string> Cells(ScenarioReport report, Figure figure, string server) =>
    [
        Number(report.Median(figure.Key, server), figure.Decimals),
        .. Baselines(report, figure).Select(baseline => Number(report.Versus(figure.Key, server, baseline.Kind), 2)),
    ];

    private static IEnumerable<string> Noise(ScenarioReport report, Figure figure)
    {
        var noise = report.Noise(figure.Key);
        return
        [
            double.IsNaN(noise) ? None : $"{Number(noise * 100, 1)} %",
            .. Baselines(report, figure).Select(_ => string.Empty),
        ];
    }

    /// <summary>What a figure is compared with in this report, each a column to its right.</summary>
    private static IEnumerable<(string Column, ServerKind Kind)> Baselines(ScenarioReport report, Figure figure)
    {
        if (figure.Compare.HasFlag(Compare.Direct))
        {
            yield return ("× direct", ServerKind.Direct);
        }

        if (figure.Compare.HasFlag(Compare.Yarp))
        {
            yield return ("× YARP", ServerKind.Yarp);
        }

        if (figure.Compare.HasFlag(Compare.Inline) && report.Servers.Exists(row => row.Kind == ServerKind.YarpInline))
        {
            yield return ("× YARP inline", ServerKind.YarpInline);
        }
    }

    internal static string Number(double value, int decimals) => double.IsNaN(value)
        ? None
        : value.ToString($"#,0.{new string('0', decimals)}", CultureInfo.InvariantCulture);

    internal static void Row(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
