using System.Text.Json;
using LlamaGate.Api.Configuration.Files;
using LlamaGate.Application.Models;

namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>Reads HOSTS_FILE: JSON with comments. docs/schemas/hosts.schema.json describes it.</summary>
internal static class HostsFile
{
    public const string Variable = "HOSTS_FILE";

    /// <summary>Far larger than 64 hosts and some hundred models need.</summary>
    private const int MaxBytes = 1024 * 1024;

    public static IReadOnlyList<string> Members { get; } = ["$schema", "hosts", "models"];

    /// <summary>Reads it with the files that it names. It does not throw: what is wrong becomes a fault.</summary>
    /// <param name="path">The file.</param>
    /// <param name="now">For the validity of certificates.</param>
    public static HostsFileReading Read(string path, DateTimeOffset now)
    {
        var full = Path.GetFullPath(path);
        var faults = new List<FileFault>();
        var files = new NamedHostFiles(full, now);
        var bytes = BoundedFile.Read(full, MaxBytes, out var problem);
        var content = problem is null && LocatedJsonReader.Read(bytes, faults) is { } root ? Parse(root, full, files, faults) : null;
        if (problem is not null)
        {
            faults.Add(new FileFault(null, problem));
        }

        var stamp = Digest.Of([Digest.Of(bytes), files.Stamp, .. faults.Select(fault => fault.ToString())]);
        return new HostsFileReading(full, faults.Count == 0 ? content : null, faults, stamp, [full, .. files.Paths]);
    }

    private static HostsFileContent Parse(LocatedJson root, string path, NamedHostFiles files, List<FileFault> faults)
    {
        var reader = new LocatedObject(root, Members, faults);
        var hosts = ReadHosts(reader, files, faults);
        var models = ReadModels(reader.Find("models"), faults);
        if (HoldsSecret(reader, hosts) && BoundedFile.FindOpenMode(path) is { } open)
        {
            faults.Add(new FileFault(null, open));
        }

        return new HostsFileContent(hosts, models) { Options = ToOptions(models) };
    }

    private static List<ConfiguredHost> ReadHosts(LocatedObject root, NamedHostFiles files, List<FileFault> faults)
    {
        if (root.Find("hosts") is not { Kind: JsonValueKind.Array, Items.Count: > 0 and <= ConfiguredHost.MaxHosts } list)
        {
            root.Refuse("hosts", $"must be a list of 1 to {ConfiguredHost.MaxHosts} hosts");
            return [];
        }

        var hosts = new List<ConfiguredHost>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        // Two entries with one address would count its slots twice.
        var addresses = new Dictionary<string, LocatedJson>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            if (HostEntryReader.Read(item, files, faults) is not { } host)
            {
                continue;
            }

            hosts.Add(host);
            var url = item.Members.First(member => member.Key is "url").Value;
            if (!addresses.TryAdd(host.DisplayAddress, url))
            {
                faults.Add(new FileFault(
                    url.Line,
                    $"{url.Path} is the same address as {addresses[host.DisplayAddress].Path}; correct it, or remove one of the two hosts"));
            }
            else if (!names.Add(host.Name))
            {
                faults.Add(new FileFault(item.Line, $"{item.Path} has the name \"{host.Name}\" of another host; give each host its own name"));
            }
        }

        return hosts;
    }

    private static bool HoldsSecret(LocatedObject root, IReadOnlyList<ConfiguredHost> hosts) =>
        hosts.Any(host => host.Address.UserInfo.Length > 0)
        || root.Find("hosts") is { } list && list.Items.Any(item => item.Members.Any(member => member.Key is "api_key"));

    private static List<ConfiguredModel> ReadModels(LocatedJson? models, List<FileFault> faults)
    {
        if (models is { Kind: not JsonValueKind.Object })
        {
            faults.Add(new FileFault(models.Line, "models must be an object with a pattern of names for each rule"));
        }

        return [.. (models?.Members ?? []).Select(rule => ModelRuleReader.Read(rule.Key, rule.Value, faults))];
    }

    private static ModelOptions ToOptions(IEnumerable<ConfiguredModel> models) => new(JsonSerializer.SerializeToElement(
        models.ToDictionary(rule => rule.Pattern, rule => rule.Options, StringComparer.Ordinal),
        HostsFileJsonContext.Default.DictionaryStringIReadOnlyDictionaryStringJsonElement));
}
