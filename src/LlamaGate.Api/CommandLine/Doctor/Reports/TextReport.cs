namespace LlamaGate.Api.CommandLine.Doctor.Reports;

/// <summary>For people: prints each finding as soon as it is available, because a check may take a minute.</summary>
internal sealed class TextReport(TextWriter output) : IReport
{
    private const string Indent = "          ";

    /// <summary>Skipped checks, grouped by reason: one problem often prevents many.</summary>
    private readonly Dictionary<string, List<string>> _skipped = new(StringComparer.Ordinal);

    private int _warnings;
    private int _errors;

    public async Task AddAsync(string check, Finding finding, CancellationToken cancellationToken)
    {
        check = finding.Host is { } host ? $"{check} ({host})" : check;
        if (finding.Severity is Severity.Skipped)
        {
            _skipped.TryAdd(finding.Title, []);
            _skipped[finding.Title].Add(check);
            return;
        }

        _warnings += finding.Severity is Severity.Warning ? 1 : 0;
        _errors += finding.Severity is Severity.Error ? 1 : 0;
        await WriteAsync($"{Label(finding.Severity),-9} {check}: {finding.Title}", cancellationToken);
        if (finding.Detail is { } detail)
        {
            await WriteAsync(Indent + detail.ReplaceLineEndings(Environment.NewLine + Indent), cancellationToken);
        }

        if (finding.Advice is { } advice)
        {
            await WriteAsync($"{Indent}-> {advice}", cancellationToken);
        }

        await output.FlushAsync(cancellationToken);
    }

    public async Task EndAsync(Severity worst, CancellationToken cancellationToken)
    {
        foreach (var (reason, checks) in _skipped)
        {
            await WriteAsync($"{Label(Severity.Skipped),-9} {string.Join(", ", checks)}: {reason}", cancellationToken);
        }

        await WriteAsync($"{Count(_errors, "error")}, {Count(_warnings, "warning")}", cancellationToken);
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    private static string Label(Severity severity) => severity switch
    {
        Severity.Skipped => "[-]",
        Severity.Ok => "[ok]",
        Severity.Info => "[info]",
        Severity.Warning => "[warning]",
        Severity.Error => "[error]",
        _ => throw new ArgumentOutOfRangeException(nameof(severity)),
    };

    private Task WriteAsync(string line, CancellationToken cancellationToken) =>
        output.WriteLineAsync(line.AsMemory(), cancellationToken);
}
