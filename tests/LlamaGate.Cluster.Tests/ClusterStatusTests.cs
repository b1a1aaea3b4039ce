using System.Text.Json;

namespace LlamaGate.Cluster.Tests;

/// <summary>What administrators and Prometheus see of the cluster.</summary>
public sealed class ClusterStatusTests
{
    private const string AdminKey = "admin-cluster-0123456789";

    [Fact]
    public async Task Status_OfTwoGateways_ShowsMembersAndRedis()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var redis = await RedisServer.StartAsync();
        using var first = await ClusteredGateway.JoinAsync(redis, members: 1, ("ADMIN_KEY", AdminKey));
        using var second = await ClusteredGateway.JoinAsync(redis, members: 2, ("ADMIN_KEY", AdminKey));
        await first.WaitForMembersAsync(2);
        var (one, other) = (await StatusAsync(first), await StatusAsync(second));
        Assert.Equal(AddressesOf(one), AddressesOf(other), StringComparer.Ordinal);
        foreach (var status in new[] { one, other })
        {
            var cluster = status.GetProperty("cluster");
            Assert.Equal(("member", JsonValueKind.Null), (cluster.GetProperty("state").GetString(), cluster.GetProperty("reason").ValueKind));
            Assert.Equal((redis.Address, true), (
                cluster.GetProperty("redis").GetProperty("address").GetString(), cluster.GetProperty("redis").GetProperty("up").GetBoolean()));
            Assert.Single(cluster.GetProperty("members").EnumerateArray(), member => member.GetProperty("self").GetBoolean());
            Assert.All(cluster.GetProperty("members").EnumerateArray(), member =>
            {
                Assert.Equal(("active", Environment.MachineName), (member.GetProperty("state").GetString(), member.GetProperty("name").GetString()));
                Assert.True(TimeProvider.System.GetUtcNow() - member.GetProperty("since").GetDateTimeOffset() < TimeSpan.FromMinutes(5));
            });
            Assert.DoesNotContain(RedisServer.Password, status.GetRawText(), StringComparison.Ordinal);
        }

        Assert.Contains("llamagate_redis_up 1", await MetricsAsync(first), StringComparison.Ordinal);
        redis.Stop();
        await first.Run.WaitForLineAsync("Redis does not answer");
        Assert.Contains("llamagate_redis_up 0", await MetricsAsync(first), StringComparison.Ordinal);
        var away = await StatusAsync(first);
        Assert.False(away.GetProperty("cluster").GetProperty("redis").GetProperty("up").GetBoolean());
        Assert.Contains(away.GetProperty("warnings").EnumerateArray(), warning => warning.GetProperty("id").GetString() == "redis-away");
    }

    private static string[] AddressesOf(JsonElement status) =>
        [.. status.GetProperty("cluster").GetProperty("members").EnumerateArray().Select(member => member.GetProperty("address").GetString()!)];

    private static async Task<JsonElement> StatusAsync(ClusteredGateway gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/api/status");
        request.Headers.Authorization = new("Bearer", AdminKey);
        using var response = await gateway.Client.SendAsync(request);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync());
    }

    /// <summary>Without comments, and without the scope that follows some names.</summary>
    private static async Task<string> MetricsAsync(ClusteredGateway gateway)
    {
        var text = await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return string.Join('\n', text.Split('\n').Where(line => !line.StartsWith('#'))
            .Select(line => line.IndexOf('{', StringComparison.Ordinal) is var from and > 0 ? line[..from] + line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..] : line));
    }
}
