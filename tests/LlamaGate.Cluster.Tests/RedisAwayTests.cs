using System.Globalization;
using System.Net;

namespace LlamaGate.Cluster.Tests;

/// <summary>What gateways do while Redis is away, and when it comes back without its data.</summary>
public sealed class RedisAwayTests
{
    [Fact]
    public async Task Gateway_StartedWithoutRedis_IsAliveAndUnreadyAndJoinsLater()
    {
        using var redis = RedisServer.Stopped();
        using var gateway = ClusteredGateway.Start(redis);
        await gateway.Run.WaitForLineAsync("Redis does not answer at " + redis.Address);
        var (status, body) = await gateway.ReadyAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("joining", body.GetProperty("status").GetString());
        Assert.Equal(
            $"Redis does not answer at {redis.Address}: it cannot be connected to, or does not answer in time; check address and port, and whether it is "
                + "redis:// or rediss://",
            body.GetProperty("reason").GetString());
        Assert.False(body.GetProperty("cluster").GetProperty("redis_up").GetBoolean());
        using var alive = await gateway.Client.GetAsync(new Uri("/livez", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);

        await redis.RunAsync();
        await gateway.Run.WaitForLineAsync("is a member of the cluster");
        Assert.Equal(HttpStatusCode.OK, (await gateway.ReadyAsync()).Status);
    }

    [Theory]
    [InlineData("redis://:wrong-secret@127.0.0.1:{0}", "it does not accept the user name or the password")]
    [InlineData($"redis://:{RedisServer.Password}@127.0.0.1:{{0}}/99", "it does not have the database that REDIS_URL names")]
    public async Task Gateway_ThatMayNotUseRedis_SaysWhy(string url, string reason)
    {
        using var redis = await RedisServer.StartAsync();
        var asked = url.Replace("{0}", redis.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        using var gateway = ClusteredGateway.Start(redis, ("REDIS_URL", asked));
        await gateway.Run.WaitForLineAsync("Redis does not answer at ");
        var (_, body) = await gateway.ReadyAsync();
        Assert.EndsWith(reason, body.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redis_WhoseMemoryIsFull_IsReportedAndDisturbsNobody()
    {
        using var redis = await RedisServer.StartAsync();
        using var gateway = await ClusteredGateway.JoinAsync(redis, members: 1);
        await redis.ConfigureAsync("maxmemory", "1");
        Assert.Contains("its memory is full, so it stores nothing", await gateway.Run.WaitForLineAsync("Redis does not answer"), StringComparison.Ordinal);
        var (status, body) = await gateway.ReadyAsync();
        Assert.Equal((HttpStatusCode.OK, false), (status, body.GetProperty("cluster").GetProperty("redis_up").GetBoolean()));
        await redis.ConfigureAsync("maxmemory", "0");
        await gateway.Run.WaitForLineAsync("Redis answers at");
    }

    [Fact]
    public async Task Gateway_WhoseRedisUserMayNotWrite_SaysWhy()
    {
        using var redis = await RedisServer.StartAsync();
        await redis.AllowAsync("reader", "+@read", "+@connection", "~*");
        var url = string.Create(CultureInfo.InvariantCulture, $"redis://reader:{RedisServer.Password}@127.0.0.1:{redis.Port}");
        using var gateway = ClusteredGateway.Start(redis, ("REDIS_URL", url));
        Assert.Contains("its user lacks a right", await gateway.Run.WaitForLineAsync("Redis does not answer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_WithoutRedis_StayReadyAndFormOneClusterWhenItReturnsEmpty()
    {
        using var redis = await RedisServer.StartAsync();
        using var first = await ClusteredGateway.JoinAsync(redis, members: 1);
        using var second = await ClusteredGateway.JoinAsync(redis, members: 2);
        await first.WaitForMembersAsync(2);
        redis.Stop();
        foreach (var gateway in new[] { first, second })
        {
            await gateway.Run.WaitForLineAsync("Redis does not answer");
            var (status, body) = await gateway.ReadyAsync();
            Assert.Equal((HttpStatusCode.OK, "ready"), (status, body.GetProperty("status").GetString()));
            var cluster = body.GetProperty("cluster");
            Assert.Equal((2, false), (cluster.GetProperty("members").GetInt32(), cluster.GetProperty("redis_up").GetBoolean()));
        }

        using (var late = ClusteredGateway.Start(redis))
        {
            await late.Run.WaitForLineAsync("Redis does not answer");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await late.ReadyAsync()).Status);
        }

        await redis.RunAsync();
        await Task.WhenAny(first.Run.WaitForLineAsync("has written it again"), second.Run.WaitForLineAsync("has written it again"));
        using var third = await ClusteredGateway.JoinAsync(redis, members: 3);
        Assert.Equal(HttpStatusCode.OK, (await third.ReadyAsync()).Status);
    }

    [Fact]
    public async Task Gateway_WithAWrongPassword_SaysItNowhere()
    {
        using var redis = await RedisServer.StartAsync();
        const string Wrong = "wrong-secret-0123456789";
        using var gateway = ClusteredGateway.Start(redis, ("REDIS_URL", $"redis://:{Wrong}@127.0.0.1:{redis.Port}"), ("DEBUG", "true"));
        await gateway.Run.WaitForLineAsync("Redis does not answer");
        var (status, body) = await gateway.ReadyAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        await gateway.Run.SignalAsync("TERM");
        var (_, output, error) = await gateway.Run.EndAsync();
        Assert.DoesNotContain(Wrong, output + error + body.GetRawText(), StringComparison.Ordinal);
    }
}
