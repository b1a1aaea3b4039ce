using LlamaGate.Api.Configuration;
using LlamaGate.Api.Configuration.Hosts;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Api;

/// <summary>A part of the composition root: hands the configured hosts to the infrastructure, at the start and after each change.</summary>
internal sealed class UpstreamHosts(CurrentHosts hosts, CurrentSettings settings)
{
    private Dictionary<string, (string Revision, HostTls? Tls, OllamaHostOptions Options)> _known = new(StringComparer.OrdinalIgnoreCase);

    public HostList ToList(bool isShared)
    {
        var list = new HostList(Convert(), isShared) { Rules = hosts.ModelRules };
        hosts.RulesReplaced += (_, _) => list.Rules = hosts.ModelRules;
        hosts.Replaced += (_, _) => list.Replace(Convert());
        return list;
    }

    /// <summary>A host that has not changed keeps its object, so that its state and its connections can be kept too.</summary>
    private List<OllamaHostOptions> Convert()
    {
        var before = _known;
        _known = hosts.Hosts.ToDictionary(
            host => host.Name,
            host => before.TryGetValue(host.Name, out var known) && known.Revision == host.Revision
                ? known
                : (host.Revision, KeepTls(host.Tls, known.Tls), Convert(host, KeepTls(host.Tls, known.Tls))),
            StringComparer.OrdinalIgnoreCase);
        return [.. hosts.Hosts.Select(host => _known[host.Name].Options)];
    }

    private static HostTls? KeepTls(HostTls? read, HostTls? known) => read?.Stamp == known?.Stamp ? known : read;

    private OllamaHostOptions Convert(ConfiguredHost host, HostTls? tls)
    {
        var own = host.Authorization;
        return new OllamaHostOptions
        {
            Name = host.Name,
            Address = host.Address,
            DisplayAddress = host.DisplayAddress,
            // OLLAMA_API_KEY is read for each call: it may change while the gateway runs. It is never set beside HOSTS_FILE.
            Authorization = own is null ? () => settings.UpstreamAuthorization : () => own,
            Tls = tls?.Options,
            IsDraining = host.IsDraining,
            Limits = host.Limits,
        };
    }
}
