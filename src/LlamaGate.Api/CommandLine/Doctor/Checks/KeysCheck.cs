using LlamaGate.Api.CommandLine.Doctor.Upstream;
using LlamaGate.Api.CommandLine.Keys;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Which keys does KEYS_FILE contain, do any of them expire soon, and do their models exist?</summary>
internal sealed class KeysCheck : IDiagnosis
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public string Name => "keys";

    public TimeSpan Limit => TimeSpan.FromSeconds(20);

    public Needs Needs => Needs.Configuration;

    public async Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        if (context.Settings.KeysFileOptions is not { } file)
        {
            return new Finding(Severity.Ok, "KEYS_FILE is not set: there is no key other than API_KEY.");
        }

        var reading = GatewayHost.KeysFile.Read(file);
        if (reading.Faults.Count > 0)
        {
            return new Finding(
                Severity.Error, "KEYS_FILE cannot be used.", string.Join('\n', reading.Faults.Select(fault => fault.Describe(file.Path))));
        }

        var summary = new KeysSummary(reading.Keys, context.Clock.GetUtcNow());
        var title = $"{file.Path} has {summary.Count}.";
        var notes = summary.Notes().ToList();
        var detail = notes.Count == 0 ? null : string.Join('\n', notes);
        if (await FindUnusedPatternsAsync(summary, context, cancellationToken) is { Count: > 0 } unused)
        {
            return new Finding(
                Severity.Warning, title,
                string.Join('\n', notes.Append($"patterns that match no model: {KeysSummary.List(unused)}")),
                "Correct \"models\" in KEYS_FILE; in a pattern * stands for any characters.");
        }

        return IsOpen(file)
            ? new Finding(Severity.Warning, title, detail, $"Users other than its owner can read or write it (KEYS_FILE_MODE=open): chmod 600 '{file.Path}'")
            : new Finding(
                summary.IsExpiring ? Severity.Warning : notes.Count > 0 ? Severity.Info : Severity.Ok, title, detail,
                summary.IsExpiring ? "Set a later \"expires\" in KEYS_FILE, or inform their holders." : null);
    }

    private static async Task<IReadOnlyList<string>> FindUnusedPatternsAsync(
        KeysSummary summary, DiagnosisContext context, CancellationToken cancellationToken)
    {
        if (!context.OllamaAnswers)
        {
            return [];
        }

        // A pattern may mean a model that only another host has.
        IEnumerable<InstalledModel> models = context.Hosts.Count > 1
            ? context.Hosts.SelectMany(host => host.Models ?? [])
            : await context.Ollama.ListInstalledAsync(cancellationToken);
        return summary.FindUnusedPatterns([.. models.Select(model => model.Name)]);
    }

    private static bool IsOpen(KeysFileOptions file) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.Path) & Others) is not UnixFileMode.None;
}
