using System.Net;
using System.Text.Json;
using LlamaGate.Api.Tests.CommandLine;

namespace LlamaGate.Cluster.Tests;

/// <summary>One gateway process of a <see cref="ClusterBed"/>.</summary>
internal sealed class BedGateway : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-cluster-").FullName;

    public BedGateway(string port, params (string Name, string Value)[] variables)
    {
        Port = port;
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = LongestWait,
        };
        Run = GatewayRun.Start(_directory, [], [("PORT", port), .. variables]);
    }

    public string Port { get; }

    public GatewayRun Run { get; }

    public HttpClient Client { get; }

    /// <summary>Waits until it is ready, and a member of a cluster of this size; 1 = it works alone.</summary>
    public async Task WhenReadyAsync(int members)
    {
        using var limit = new CancellationTokenSource(LongestWait);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await IsReadyAsync(members))
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    public void Dispose()
    {
        Run.Dispose();
        Client.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<bool> IsReadyAsync(int members)
    {
        try
        {
            using var response = await Client.GetAsync(new Uri("/readyz?verbose", UriKind.Relative));
            var body = JsonElement.Parse(await response.Content.ReadAsStringAsync());
            return response.StatusCode is HttpStatusCode.OK
                && (members == 1 || body.GetProperty("cluster").GetProperty("members").GetInt32() == members);
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }
}
