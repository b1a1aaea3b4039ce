using LlamaGate.Application.Abstractions;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>The addresses of the configured hosts, made once for each list.</summary>
internal sealed class HostAddresses(HostList list) : IHostAddresses
{
    private volatile Known? _known;

    public HostAddress? Find(string? host)
    {
        var hosts = list.Current;
        var known = _known;
        if (known?.Hosts != hosts)
        {
            _known = known = new Known(hosts);
        }

        return host is null ? known.First : known.ByName.GetValueOrDefault(host);
    }

    private sealed class Known(IReadOnlyList<OllamaHostOptions> hosts)
    {
        public IReadOnlyList<OllamaHostOptions> Hosts => hosts;

        public HostAddress First { get; } = ToAddress(hosts[0]);

        public Dictionary<string, HostAddress> ByName { get; } =
            hosts.ToDictionary(host => host.Name, ToAddress, StringComparer.OrdinalIgnoreCase);

        private static HostAddress ToAddress(OllamaHostOptions host) => new(host.Name, host.Address.Host, host.Address.Port);
    }
}
