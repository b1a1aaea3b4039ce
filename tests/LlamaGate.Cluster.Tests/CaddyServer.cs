using System.ComponentModel;
using System.Diagnostics;
using LlamaGate.Api.Tests.CommandLine;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Cluster.Tests;

/// <summary>Debian's caddy with the configuration of deploy/compose, in front of three gateways of this machine.</summary>
internal sealed class CaddyServer : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-caddy-").FullName;
    private readonly Process _process;

    private CaddyServer(IReadOnlyList<BedGateway> gateways)
    {
        var site = $"http://127.0.0.1:{GatewayRun.FreePort()}";
        var configuration = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "compose", "Caddyfile"));
        for (var i = 0; i < gateways.Count; i++)
        {
            configuration = configuration.Replace($"llamagate-{i + 1}:8080", "127.0.0.1:" + gateways[i].Port, StringComparison.Ordinal);
        }

        var file = Path.Combine(_directory, "Caddyfile");
        // Its port for administration would be the same for each.
        File.WriteAllText(file, "{\n\tadmin off\n}\n" + configuration);
        var start = new ProcessStartInfo("caddy", ["run", "--config", file]) { RedirectStandardError = true, UseShellExecute = false };
        (start.Environment["SITE"], start.Environment["HOME"]) = (site, _directory);
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(site), Timeout = LongestWait };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException("This test needs caddy: apt-get install caddy", exception);
        }

        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
    }

    public HttpClient Client { get; }

    /// <summary>Returns when it answers.</summary>
    public static async Task<CaddyServer> StartAsync(IReadOnlyList<BedGateway> gateways)
    {
        var server = new CaddyServer(gateways);
        await ClusterBed.UntilAsync(server.IsThereAsync);
        return server;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit(LongestWait);
        }

        _process.Dispose();
        Client.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<bool> IsThereAsync()
    {
        try
        {
            using var response = await Client.GetAsync(new Uri("/readyz", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }
}
