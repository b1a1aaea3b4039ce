using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Cluster.Tests;

/// <summary>Sums, quotas and rate limits are those of all gateways, whichever is asked.</summary>
public sealed class SharedUsageTests : IDisposable
{
    private const string Secret = "lg-shared-0123456789";
    private const string AdminKey = "admin-shared-0123456789";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    /// <summary>Sums are in Redis by then.</summary>
    private static readonly TimeSpan WriteBound = TimeSpan.FromSeconds(2);

    private readonly TemporaryKeys _keys = new(
        TemporaryKeys.Key("k", Secret, """ "rate_limit_rps":100000"""),
        TemporaryKeys.Key("limited", Secret + "-limited", """ "rate_limit_rps":100000,"tokens_per_day":100"""),
        TemporaryKeys.Key("slow", Secret + "-slow", """ "rate_limit_rps":10"""));

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task Sums_OfTwoGateways_AreTheSameAndOutliveTheDeathOfOne()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var redis = await RedisServer.StartAsync();
        await using var ollama = await EmulatedOllama.StartAsync();
        using var first = await JoinAsync(redis, ollama, members: 1);
        using var second = await JoinAsync(redis, ollama, members: 2);
        foreach (var gateway in new[] { first, second, first, first, second })
        {
            Assert.Equal(HttpStatusCode.OK, await ChatAsync(gateway, Secret));
        }

        var sums = await WaitForCallsAsync(first, 5);
        Assert.Equal(sums, await WaitForCallsAsync(second, 5));
        Assert.Equal(await TodayAsync(first), await TodayAsync(second));
        Assert.Contains("\"calls\":5", await TodayAsync(first), StringComparison.Ordinal);

        for (var since = Stopwatch.StartNew(); since.Elapsed < WriteBound;)
        {
            await WaitForCallsAsync(first, 5);
        }

        await first.Run.SignalAsync("KILL");
        await second.WaitForMembersAsync(1);
        Assert.Equal(sums, await WaitForCallsAsync(second, 5));
        Assert.Equal(HttpStatusCode.OK, await ChatAsync(second, Secret));
        await WaitForCallsAsync(second, 6);
    }

    [Fact]
    public async Task Sums_WhileRedisIsAway_GoOnAndAreKeptAfterwards()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var redis = await RedisServer.StartAsync();
        await using var ollama = await EmulatedOllama.StartAsync();
        using var first = await JoinAsync(redis, ollama, members: 1);
        using var second = await JoinAsync(redis, ollama, members: 2);
        Assert.Equal(HttpStatusCode.OK, await ChatAsync(first, Secret));
        await WaitForCallsAsync(second, 1);
        redis.Stop();
        await first.Run.WaitForLineAsync("Redis does not answer");
        Assert.Equal(HttpStatusCode.OK, await ChatAsync(first, Secret));
        Assert.Equal(HttpStatusCode.OK, await ChatAsync(second, Secret));
        await WaitForCallsAsync(first, 3);
        await WaitForCallsAsync(second, 3);
        await redis.RunAsync();
        await first.Run.WaitForLineAsync("Redis answers");
        await first.Run.SignalAsync("TERM");
        Assert.Equal(0, (await first.Run.EndAsync()).ExitCode);
        await second.WaitForMembersAsync(1);
        await WaitForCallsAsync(second, 3);
    }

    /// <summary>Nothing has changed since they were written: only the return of Redis is a reason to write them again.</summary>
    [Fact]
    public async Task Sums_ThatRedisHasLost_AreWrittenAgain()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var redis = await RedisServer.StartAsync();
        await using var ollama = await EmulatedOllama.StartAsync();
        using (var first = await JoinAsync(redis, ollama, members: 1))
        {
            Assert.Equal(HttpStatusCode.OK, await ChatAsync(first, Secret));
            await WaitForCallsAsync(first, 1);
            await redis.WaitForKeyAsync("*keyday*");
            redis.Stop();
            await first.Run.WaitForLineAsync("Redis does not answer");
            await redis.RunAsync();
            await first.Run.WaitForLineAsync("has written it again");
            await redis.WaitForKeyAsync("*keyday*");
            await first.Run.SignalAsync("KILL");
        }

        using var second = await JoinAsync(redis, ollama, members: 1);
        await WaitForCallsAsync(second, 1);
    }

    /// <summary>A call may be refused early, for what is reserved; none may begin when the quota is spent.</summary>
    [Fact]
    public async Task Quota_SpentAtTwoGateways_IsSpentAtBoth()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var redis = await RedisServer.StartAsync();
        await using var ollama = await EmulatedOllama.StartAsync();
        using var first = await JoinAsync(redis, ollama, members: 1);
        using var second = await JoinAsync(redis, ollama, members: 2);
        var (used, turn, tokens) = (0, 0, 0L);
        ClusteredGateway[] gateways = [first, second];
        for (var limit = Stopwatch.StartNew(); tokens < 100;)
        {
            Assert.True(limit.Elapsed < LongestWait, $"{used} calls used {tokens} tokens, and no more may begin.");
            used += await ChatAsync(gateways[turn++ % 2], Secret + "-limited") == HttpStatusCode.OK ? 1 : 0;
            tokens = TokensOf(await WaitForCallsAsync(first, used, Secret + "-limited"));
        }

        Assert.True(tokens - (tokens / used) < 100, $"{used} calls used {tokens} tokens.");
        Assert.Equal(tokens, TokensOf(await WaitForCallsAsync(second, used, Secret + "-limited")));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ChatAsync(first, Secret + "-limited"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ChatAsync(second, Secret + "-limited"));
    }

    [Fact]
    public async Task RateLimit_OfTwoGateways_IsDividedUntilOneLeaves()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var redis = await RedisServer.StartAsync();
        await using var ollama = await EmulatedOllama.StartAsync();
        using var first = await JoinAsync(redis, ollama, members: 1);
        Assert.Equal("10", await LimitAsync(first));
        using var second = await JoinAsync(redis, ollama, members: 2);
        await first.WaitForMembersAsync(2);
        Assert.Equal(("5", "5"), (await LimitAsync(first), await LimitAsync(second)));
        await second.Run.SignalAsync("TERM");
        await first.WaitForMembersAsync(1);
        Assert.Equal("10", await LimitAsync(first));
    }

    private Task<ClusteredGateway> JoinAsync(RedisServer redis, EmulatedOllama ollama, int members) => ClusteredGateway.JoinAsync(
        redis, members, ("OLLAMA_HOST", ollama.Address.ToString()), ("KEYS_FILE", _keys.Path), ("ADMIN_KEY", AdminKey), ("CACHE_ENABLED", "false"));

    private static async Task<HttpStatusCode> ChatAsync(ClusteredGateway gateway, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent(ChatBody.Hi, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", secret);
        using var response = await gateway.Client.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>The key's usage today, as soon as it has so many calls.</summary>
    private static async Task<string> WaitForCallsAsync(ClusteredGateway gateway, int calls, string secret = Secret)
    {
        var limit = Stopwatch.StartNew();
        while (true)
        {
            var (_, body) = await GetAsync(gateway, "/v1/usage?by=day", secret);
            if (body.Contains($"\"calls\":{calls},", StringComparison.Ordinal))
            {
                return body;
            }

            Assert.True(limit.Elapsed < LongestWait, $"Not {calls} calls, but {body}");
        }
    }

    private static long TokensOf(string usage)
    {
        var sums = JsonElement.Parse(usage).GetProperty("data")[0];
        return sums.GetProperty("tokens_in").GetInt64() + sums.GetProperty("tokens_out").GetInt64();
    }

    private static async Task<string> TodayAsync(ClusteredGateway gateway) =>
        JsonElement.Parse((await GetAsync(gateway, "/admin/api/status", AdminKey)).Body).GetProperty("accounts").GetRawText();

    private static async Task<string> LimitAsync(ClusteredGateway gateway)
    {
        var (response, _) = await GetAsync(gateway, "/v1/queue", Secret + "-slow");
        return response.Headers.GetValues("x-ratelimit-limit-requests").Single();
    }

    private static async Task<(HttpResponseMessage Response, string Body)> GetAsync(ClusteredGateway gateway, string path, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", secret);
        using var response = await gateway.Client.SendAsync(request);
        return (response, await response.Content.ReadAsStringAsync());
    }
}
