using LlamaGate.Api.CommandLine.Connections;
using LlamaGate.Api.CommandLine.Doctor.Upstream;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Configuration.Hosts;

namespace LlamaGate.Api.CommandLine.Doctor;

/// <summary>The hosts of the settings, each with a connection pool that verifies it as the gateway does.</summary>
internal sealed class DiagnosedHosts : IDisposable
{
    private readonly List<HttpClient> _clients = [];

    private DiagnosedHosts()
    {
    }

    public IReadOnlyList<DiagnosedHost> All { get; private init; } = [];

    /// <summary>Of HOSTS_FILE; null when it is not set or cannot be used.</summary>
    public HostsFileContent? File { get; private init; }

    public static DiagnosedHosts Of(GatewaySettings settings, HttpClient http, TimeProvider clock)
    {
        if (settings.HostsFile.Length == 0)
        {
            return new DiagnosedHosts { All = [.. settings.OllamaHosts.Select(host => Of(host, http, settings, clock))] };
        }

        var file = HostsFile.Read(settings.HostsFile, clock.GetUtcNow()).Content;
        var hosts = new List<DiagnosedHost>();
        var diagnosed = new DiagnosedHosts { All = hosts, File = file };
        foreach (var host in file?.Hosts ?? settings.OllamaHosts)
        {
            var client = CommandHttp.Create(host.Tls?.Options);
            diagnosed._clients.Add(client);
            hosts.Add(Of(host, client, settings, clock, file));
        }

        return diagnosed;
    }

    public static DiagnosedHost Of(
        ConfiguredHost host, HttpClient http, GatewaySettings settings, TimeProvider clock, HostsFileContent? file = null)
    {
        var options = file?.Options.Over(settings.ModelOptions) ?? settings.ModelOptions;
        var calls = new DirectCalls(options, settings.SharesHosts);
        return new DiagnosedHost(
            host,
            new OllamaProbe(http, host.Address, host.Authorization ?? settings.UpstreamAuthorization, calls, clock),
            settings.HostsFile.Length > 0 ? HostsFile.Variable : "OLLAMA_HOST");
    }

    public void Dispose() => _clients.ForEach(client => client.Dispose());
}
