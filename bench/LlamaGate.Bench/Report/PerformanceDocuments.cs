using System.Globalization;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Report;

/// <summary>Puts a run's figures into docs/performance.md, and three of them into README.md.</summary>
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
        + $"{run.Processor}; {run.Kernel}; .NET {run.Runtime}.\n\n"
        + $"{string.Join('\n', run.Scenarios.Select(scenario => MarkdownReport.Of(scenario, targets)))}");

    /// <summary>Only what was measured is quoted.</summary>
    internal static string Lines(RunReport run) => string.Join(
        '\n',
        new[]
        {
            Line(run, "plain", "cpu", (value, ratio) =>
                $"- A plain request of 200 B costs {value:0} µs of CPU, {ratio:0.00} × what a YARP pass-through costs on the same machine."),
            Line(run, "flood", "chunks-per-cpu-second", (value, _) =>
                $"- One second of CPU translates {value:#,0} streamed chunks."),
            Line(run, "idle", "kb-each", (value, ratio) =>
                $"- An open stream that waits takes {value:0} kB, {ratio:0.00} × YARP's."),
        }.Where(line => line is not null));

    private static string? Line(RunReport run, string scenario, string figure, Func<double, double, FormattableString> text)
    {
        var report = run.Scenarios.Find(candidate => candidate.Name == scenario);
        var gateway = report?.Servers.Find(server => server.Kind == ServerKind.Gateway);
        return report is null || gateway is null
            ? null
            : text(report.Median(figure, gateway.Label), report.Versus(figure, gateway.Label, ServerKind.Yarp))
                .ToString(CultureInfo.InvariantCulture);
    }
}
