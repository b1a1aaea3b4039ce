using System.Globalization;
using LlamaGate.Api.Tests.CommandLine;

namespace LlamaGate.Cluster.Tests;

/// <summary>A gateway that works alone has nothing of a cluster in its memory.</summary>
public sealed class AloneTests
{
    private static readonly string[] Assemblies = ["Orleans.", "StackExchange.Redis"];

    [Fact]
    public async Task Gateway_WithoutRedisUrl_LoadsNothingOfOrleansAndOpensNoPort()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var directory = Directory.CreateTempSubdirectory("llamagate-alone-");
        var port = GatewayRun.FreePort();
        using var run = GatewayRun.Start(
            directory.FullName, [], ("PORT", port), ("OLLAMA_HOST", "a=http://127.0.0.1:1,b=http://127.0.0.1:2"), ("CLUSTER_ADDRESS", "127.0.0.1:0"));
        await run.WaitForLineAsync("listens on");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        // The first requests load what a gateway needs.
        foreach (var path in new[] { "/readyz?verbose", "/v1/models", "/v1/usage", "/v1/queue", "/metrics", "/swagger/v1/swagger.json" })
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        }

        var mapped = run.MappedFiles();
        Assert.Contains("LlamaGate.Infrastructure.dll", mapped, StringComparison.Ordinal);
        Assert.All(Assemblies, name => Assert.DoesNotContain(name, mapped, StringComparison.Ordinal));
        Assert.Equal([int.Parse(port, CultureInfo.InvariantCulture)], run.ListeningPorts());
    }

    /// <summary>The test above can be trusted only if what it looks for is found where it is.</summary>
    [Fact]
    public async Task Gateway_WithRedisUrl_LoadsOrleansAndOpensOnePort()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var redis = await RedisServer.StartAsync();
        using var gateway = await ClusteredGateway.JoinAsync(redis, members: 1);
        var mapped = gateway.Run.MappedFiles();
        Assert.All(Assemblies, name => Assert.Contains(name, mapped, StringComparison.Ordinal));
        Assert.Equal(2, gateway.Run.ListeningPorts().Count);
    }
}
