using System.Globalization;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Report;

/// <summary>Puts a run's figures into docs/performance.md, and the main ones into README.md.</summary>
internal static class PerformanceDocuments
{
    public static async Task WriteAsync(
        RunReport run, IReadOnlyList<Target> targets, string root, CancellationToken cancellationToken)
    {
        await DocumentPart.WriteAsync(Path.Combine(root, "docs/performance.md"), Tables(run, targets), cancellationToken);
        await DocumentPart.WriteAsync(Path.Combine(root, "README.md"), Lines(run), cancellationToken);
    }

    internal static string Tables(RunReport run, IReadOnlyList<Target> targets) => string.Create(
        CultureInfo.InvariantCulture,
        $"Measured {run.Time:yyyy-MM-dd HH:mm} UTC, {run.Mode} run, commit {run.Commit}. "
        + $"{run.Processor}; {run.Kernel}; .NET {run.Runtime}. "
        + $"LlamaGate runs in its default configuration, with its cache on and requests that miss it.\n\n"
        + $"{string.Join('\n', run.Scenarios.Select(scenario => MarkdownReport.Of(scenario, targets)))}");

    /// <summary>Of the first build, in its default configuration and in the other; only what was measured is quoted.</summary>
    internal static string Lines(RunReport run) => string.Join(
        '\n',
        new[]
        {
            Line(run, "plain", "cpu", ServerKind.Gateway, (value, ratios) =>
                $"- A plain request of 200 B costs {value:0} µs of CPU in the default configuration{Proxies(ratios)}."),
            Line(run, "plain", "cpu", ServerKind.GatewayCacheOff, (value, ratios) =>
                $"- With CACHE_ENABLED=false it costs {value:0} µs{Proxies(ratios)}."),
            Line(run, "flood", "chunks-per-cpu-second", ServerKind.Gateway, (value, _) =>
                $"- One second of CPU translates {value:#,0} streamed chunks."),
            Line(run, "idle", "kb-each", ServerKind.Gateway, (value, ratios) =>
                $"- An open stream that waits takes {value:0} kB, {ratios.AsItComes:0.00} × YARP's."),
        }.Where(line => line is not null));

    private static string Proxies((double AsItComes, double Inline) ratios) => string.Create(
        CultureInfo.InvariantCulture,
        $", {ratios.AsItComes:0.00} × a YARP pass-through on the same machine"
        + $"{(double.IsNaN(ratios.Inline) ? string.Empty : Inline(ratios.Inline))}");

    private static string Inline(double ratio) =>
        string.Create(CultureInfo.InvariantCulture, $" and {ratio:0.00} × one with the gateway's socket switch");

    private static string? Line(
        RunReport run, string scenario, string figure, ServerKind kind,
        Func<double, (double AsItComes, double Inline), FormattableString> text)
    {
        var report = run.Scenarios.Find(candidate => candidate.Name == scenario);
        var gateway = report?.Servers.Find(server => server.Kind == kind);
        return report is null || gateway is null
            ? null
            : text(
                report.Median(figure, gateway.Label),
                (report.Versus(figure, gateway.Label, ServerKind.Yarp),
                    report.Versus(figure, gateway.Label, ServerKind.YarpInline))).ToString(CultureInfo.InvariantCulture);
    }
}
