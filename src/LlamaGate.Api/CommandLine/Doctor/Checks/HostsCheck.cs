using System.Collections;
using System.Globalization;
using LlamaGate.Api.CommandLine.Doctor.Upstream;
using LlamaGate.Domain.Models;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Do the hosts fit together? Only for hosts that are shared.</summary>
/// <param name="environment">Of this process: OLLAMA_NUM_PARALLEL is known only for an Ollama on this machine, started with the same variables.</param>
internal sealed class HostsCheck(IDictionary environment) : IDiagnosis
{
    private const string Parallel = "OLLAMA_NUM_PARALLEL";

    public string Name => "hosts";

    public TimeSpan Limit => TimeSpan.FromSeconds(5);

    public Needs Needs => Needs.Configuration;

    public Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        var hosts = context.Hosts.Where(host => host.Answers).ToList();
        List<string> warnings =
        [
            .. FindVersions(hosts), .. FindDigests(hosts), .. FindParallelism(context), .. FindNames(context, hosts),
        ];
        var count = context.Hosts.Count == 1 ? "1 host" : $"{context.Hosts.Count} hosts";
        return Task.FromResult(warnings.Count == 0
            ? new Finding(Severity.Ok, $"{hosts.Count} of {count} answer, and they agree.")
            : new Finding(
                Severity.Warning, $"{hosts.Count} of {count} answer, but there are problems.", string.Join('\n', warnings),
                "Install one version and pull the same models on all hosts; llamagate check-config lists the hosts."));
    }

    private static IEnumerable<string> FindVersions(List<DiagnosedHost> hosts)
    {
        var versions = hosts.Where(host => host.Version is not null).GroupBy(host => host.Version, StringComparer.Ordinal).ToList();
        return versions.Count < 2 ? []
            : [$"The versions of Ollama differ: {string.Join(", ", versions.Select(group => $"{group.Key} on {Names(group)}"))}."];
    }

    private static IEnumerable<string> FindDigests(List<DiagnosedHost> hosts) => hosts
        .SelectMany(host => (host.Models ?? []).Where(model => model.Digest != null), (host, model) => (Host: host, Model: model))
        .GroupBy(one => ModelName.Key(one.Model.Name), StringComparer.Ordinal)
        .OrderBy(same => same.Key, StringComparer.Ordinal)
        .Select(same => (same.Key, Contents: same.GroupBy(one => one.Model.Digest, one => one.Host, StringComparer.Ordinal).ToList()))
        .Where(same => same.Contents.Count > 1)
        .Select(same => $"{same.Key} is not the same model everywhere: one on {string.Join(", another on ", same.Contents.Select(Names))}.");

    private IEnumerable<string> FindParallelism(DiagnosisContext context)
    {
        if (!int.TryParse(environment[Parallel] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var parallel))
        {
            return [];
        }

        return
            from host in context.Hosts
            where host.Configured.Address.IsLoopback
            let own = host.Configured.Limits
            let slots = own.Slots ?? (own.LearnsSlots ? null : context.Settings.Scheduler.Slots)
            where slots is not null && slots != parallel
            select $"{host.Configured.Name} has {slots} slots in {(own.Slots is null ? "SLOTS" : "HOSTS_FILE")}, "
                + $"but {Parallel} is {parallel} on this machine.";
    }

    /// <summary>What the check of a single host says about aliases and patterns, for the models of all.</summary>
    private static IEnumerable<string> FindNames(DiagnosisContext context, List<DiagnosedHost> hosts)
    {
        List<InstalledModel> models = [.. hosts.SelectMany(host => host.Models ?? [])];
        if (context.Hosts.Count == 1 || models.Count == 0)
        {
            yield break;
        }

        if (ModelsCheck.DanglingAliases(context, models) is { Count: > 0 } dangling)
        {
            yield return $"MODEL_ALIASES names models that no host has: {string.Join(", ", dangling)}.";
        }

        if (ModelsCheck.UnusedPatterns(context, models) is ({ } setting, { } unused))
        {
            yield return $"{setting} has patterns that no model matches: {unused}.";
        }
    }

    private static string Names(IEnumerable<DiagnosedHost> hosts) => string.Join(" and ", hosts.Select(host => host.Configured.Name));
}
