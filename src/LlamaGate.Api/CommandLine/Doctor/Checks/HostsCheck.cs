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
            .. FindVersions(hosts), .. FindDigests(hosts), .. FindParallelism(context.Hosts), .. FindNames(context, hosts),
        ];
        var count = context.Hosts.Count == 1 ? "1 host" : $"{context.Hosts.Count} hosts";
        return Task.FromResult(warnings.Count == 0
            ? new Finding(Severity.Ok, $"{hosts.Count} of {count} answer, and they fit together.")
            : new Finding(
                Severity.Warning, $"{hosts.Count} of {count} answer, and something does not fit.", string.Join('\n', warnings),
                "Bring the hosts to one version and pull the same models; llamagate check-config lists the hosts."));
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

    private IEnumerable<string> FindParallelism(IReadOnlyList<DiagnosedHost> hosts)
    {
        if (!int.TryParse(environment[Parallel] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var parallel))
        {
            return [];
        }

        return
            from host in hosts
            where host.Configured.Address.IsLoopback && host.Configured.Limits.Slots is { } slots && slots != parallel
            select $"{host.Configured.Name} has {host.Configured.Limits.Slots} slots in HOSTS_FILE, but {Parallel} is {parallel} on this machine.";
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
            yield return $"MODEL_ALIASES leads to models that no host has: {string.Join(", ", dangling)}.";
        }

        if (ModelsCheck.UnusedPatterns(context, models) is ({ } setting, { } unused))
        {
            yield return $"{setting} has patterns that no model matches: {unused}.";
        }
    }

    private static string Names(IEnumerable<DiagnosedHost> hosts) => string.Join(" and ", hosts.Select(host => host.Configured.Name));
}
