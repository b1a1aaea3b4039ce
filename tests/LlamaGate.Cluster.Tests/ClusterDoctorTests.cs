using System.Globalization;
using System.Text.Json;
using LlamaGate.Api.CommandLine.Doctor;
using LlamaGate.Api.CommandLine.Doctor.Checks;
using LlamaGate.Api.Tests.CommandLine;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Cluster.Tests;

/// <summary>What <c>llamagate doctor</c> says of Redis, clocks, certificates and ports.</summary>
public sealed class ClusterDoctorTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly RedisFacts Good = new("7.0.15", TimeSpan.FromMilliseconds(0.4), TimeSpan.Zero, "noeviction", Persists: true, []);

    [Fact]
    public async Task Doctor_WithRedisAndAGateway_LooksAtBoth()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var redis = await RedisServer.StartAsync();
        using var gateway = await ClusteredGateway.JoinAsync(redis, members: 1);
        var findings = await DiagnoseAsync(redis.Url);
        var (severity, title) = findings["redis"];
        // This one keeps nothing on disk.
        Assert.Equal("warning", severity);
        Assert.Matches(@"^Redis 7\.\d+\.\d+ answers at redis://127\.0\.0\.1:\d+/0 in \d+\.\d ms, with 1 gateways in its list\.$", title);
        Assert.Equal(("ok", "The clocks of this machine, Redis and the gateways agree."), findings["cluster-clock"]);
        Assert.Equal(("ok", "The gateway can listen on 127.0.0.1:0, and reach 1 gateways that are in Redis' list."), findings["cluster-port"]);
        Assert.Equal("ok", findings["cluster-certificate"].Severity);
    }

    [Theory]
    [InlineData("redis://:wrong-secret@127.0.0.1:{0}", "it does not accept the user name or the password")]
    [InlineData("redis://127.0.0.1:{0}", "it wants a password, and REDIS_URL has none")]
    [InlineData($"redis://:{RedisServer.Password}@127.0.0.1:{{0}}/99", "it does not have the database that REDIS_URL names")]
    [InlineData("redis://127.0.0.1:1", "it cannot be connected to")]
    public async Task Doctor_WithARedisThatCannotBeUsed_SaysWhy(string url, string reason)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var redis = await RedisServer.StartAsync();
        using var run = StartDoctor(url.Replace("{0}", redis.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        var (exit, output, error) = await run.EndAsync();
        Assert.Equal((1, ""), (exit, error));
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Redis_ThatDropsData_IsAWarning()
    {
        Assert.Equal(Severity.Ok, RedisCheck.Judge(Good, "redis://r").Severity);
        Assert.Equal(Severity.Ok, RedisCheck.Judge(Good with { EvictionPolicy = null, Persists = null }, "redis://r").Severity);
        Assert.Equal(Severity.Warning, RedisCheck.Judge(Good with { Persists = false }, "redis://r").Severity);
        var drops = RedisCheck.Judge(Good with { EvictionPolicy = "allkeys-lru" }, "redis://r");
        Assert.Equal(Severity.Warning, drops.Severity);
        Assert.Contains("allkeys-lru", drops.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 3, null)]
    [InlineData(5, 3, "Redis is 5.0 s ahead of this machine.")]
    [InlineData(-5, 3, "Redis is 5.0 s behind this machine.")]
    [InlineData(0, -5, "The gateway at 10.0.0.8:11111 is 5.0 s ahead of Redis.")]
    [InlineData(0, 12, "The gateway at 10.0.0.8:11111 is behind Redis, or has given no sign of life for 12.0 s.")]
    public void Clocks_ThatDiffer_AreAWarning(int redisAhead, int age, string? expected)
    {
        var finding = ClusterClockCheck.Judge(Good with
        {
            Ahead = TimeSpan.FromSeconds(redisAhead),
            Members = [new ListedMember("10.0.0.8:11111", TimeSpan.FromSeconds(age))],
        });
        Assert.Equal((expected is null ? Severity.Ok : Severity.Warning, expected), (finding.Severity, finding.Detail));
    }

    [Theory]
    [InlineData(30, Severity.Ok)]
    [InlineData(13, Severity.Warning)]
    public void Certificate_ThatExpiresSoon_IsAWarning(int days, object severity) =>
        Assert.Equal(severity, ClusterCertificateCheck.Judge(Now.AddDays(days), Now).Severity);

    private static GatewayRun StartDoctor(string url) => GatewayRun.Start(
        Path.GetTempPath(), ["doctor", "--json", "--skip-generation"], ("REDIS_URL", url), ("OLLAMA_HOST", "http://127.0.0.1:1"), ("PORT", GatewayRun.FreePort()));

    private static async Task<Dictionary<string, (string Severity, string Title)>> DiagnoseAsync(string url)
    {
        using var run = StartDoctor(url);
        var (_, output, _) = await run.EndAsync();
        Assert.DoesNotContain(RedisServer.Password, output, StringComparison.Ordinal);
        return JsonElement.Parse(output).GetProperty("findings").EnumerateArray().ToDictionary(
            finding => finding.GetProperty("check").GetString()!,
            finding => (finding.GetProperty("severity").GetString()!, finding.GetProperty("title").GetString()!),
            StringComparer.Ordinal);
    }
}
