using System.Net;
using System.Text.Json;
using LlamaGate.Api.Tests.CommandLine;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Cluster.Tests;

/// <summary>One gateway process of several.</summary>
internal sealed class ClusteredGateway : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-cluster-").FullName;

    private ClusteredGateway(string redisUrl, (string Name, string Value)[] variables)
    {
        var port = GatewayRun.FreePort();
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = GatewayOverOllama.LongestWait };
        Run = GatewayRun.Start(
            _directory, [], [("PORT", port), ("OLLAMA_HOST", "http://127.0.0.1:1"), ("REDIS_URL", redisUrl), ("LOG_FORMAT", "text"), .. variables]);
    }

    public GatewayRun Run { get; }

    public HttpClient Client { get; }

    public static ClusteredGateway Start(RedisServer redis, params (string Name, string Value)[] variables) => new(redis.Url, variables);

    /// <summary>It is a member of the cluster when this ends.</summary>
    /// <param name="members">How many there are then.</param>
    public static async Task<ClusteredGateway> JoinAsync(RedisServer redis, int members, params (string Name, string Value)[] variables)
    {
        var gateway = Start(redis, variables);
        await gateway.WaitForMembersAsync(members);
        await gateway.Run.WaitForLineAsync("is a member of the cluster");
        return gateway;
    }

    public Task<string> WaitForMembersAsync(int count) => Run.WaitForLineAsync($"The cluster has {count} working members");

    public async Task<(HttpStatusCode Status, JsonElement Body)> ReadyAsync()
    {
        using var response = await Client.GetAsync(new Uri("/readyz?verbose", UriKind.Relative));
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    public void Dispose()
    {
        Run.Dispose();
        Client.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
