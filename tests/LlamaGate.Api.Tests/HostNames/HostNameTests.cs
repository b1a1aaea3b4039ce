using System.Net;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Running;

namespace LlamaGate.Api.Tests.HostNames;

public class HostNameTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:8080")]
    [InlineData("localhost.")]
    [InlineData("chat.localhost:3000")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("127.9.9.9")]
    [InlineData("[::1]:8080")]
    [InlineData("0.0.0.0:8080")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.2:8080")]
    [InlineData("169.254.1.1")]
    [InlineData("[fd00::1]")]
    [InlineData("[fe80::1]")]
    [InlineData("[::ffff:10.0.0.1]")]
    [InlineData("host.docker.internal:8080")]
    public async Task Host_OfThisMachine_IsServed(string host)
    {
        await using var gateway = await RunningGateway.StartAsync();
        Assert.Equal(200, (await GetAsync(gateway, "/livez", host)).Status);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:8080")]
    [InlineData("localhost.evil.example")]
    [InlineData("notlocalhost")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("192.169.0.1")]
    [InlineData("[2001:db8::1]")]
    [InlineData("evil.docker.internal")]
    public async Task Host_OfSomebodyElse_Is403ThatNamesTheSetting(string host)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var answer = await GetAsync(gateway, "/v1/models", host);
        Assert.Equal(403, answer.Status);
        Assert.Equal("host_not_allowed", answer.ErrorCode);
        var message = answer.Error.GetProperty("message").GetString()!;
        Assert.Contains("ALLOWED_HOSTS", message, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("//v1/models")]
    [InlineData("/models")]
    [InlineData("/health")]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/swagger/index.html")]
    [InlineData("/swagger/v1/swagger.json")]
    [InlineData("/api/tags")]
    [InlineData("/nothing")]
    [InlineData("/")]
    public async Task Host_OfSomebodyElse_IsRefusedOnEveryPath(string path)
    {
        await using var gateway = await RunningGateway.StartAsync();
        Assert.Equal(403, (await GetAsync(gateway, path, "evil.example")).Status);
    }

    [Theory]
    [InlineData("gateway.lan", "gateway.lan:8080", 200)]
    [InlineData("gateway.lan", "GATEWAY.lan", 200)]
    [InlineData("gateway.lan", "other.lan", 403)]
    [InlineData("a.example,*.lan", "other.lan", 200)]
    [InlineData("*.lan", "lan", 403)]
    [InlineData("*", "evil.example", 200)]
    public async Task AllowedHosts_Names_AreServedToo(string allowed, string host, int status)
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { AllowedHosts = HostPattern.ParseList(allowed)! });
        Assert.Equal(status, (await GetAsync(gateway, "/livez", host)).Status);
    }

    [Fact]
    public async Task Host_AnyWithAKey_IsServed()
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { ApiKey = "k" });
        Assert.Equal(200, (await GetAsync(gateway, "/livez", "evil.example")).Status);
    }

    [Fact]
    public async Task Host_KeyReplacedWhileItRuns_FollowsTheKey()
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { ApiKey = "k" });
        gateway.Settings.Replace(gateway.Settings.Settings with { ApiKey = "" });
        Assert.Equal(403, (await GetAsync(gateway, "/livez", "evil.example")).Status);
        gateway.Settings.Replace(gateway.Settings.Settings with { ApiKey = "new" });
        Assert.Equal(200, (await GetAsync(gateway, "/livez", "evil.example")).Status);
    }

    [Fact]
    public async Task Host_AnyBehindATrustedProxy_IsServed()
    {
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings { TrustedProxies = [IPNetwork.Parse("10.0.0.0/8")] });
        Assert.Equal(200, (await GetAsync(gateway, "/livez", "evil.example")).Status);
    }

    [Fact]
    public async Task Host_AnyWhereItListensOpenly_IsServed()
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { ListenAddress = IPAddress.Any });
        Assert.Equal(200, (await GetAsync(gateway, "/livez", "evil.example")).Status);
    }

    [Fact]
    public async Task Host_None_IsServed()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var answer = await RawExchange.SendAsync(gateway, "GET /livez HTTP/1.0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_OfSomebodyElseInTheTarget_IsRefused()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var answer = await RawExchange.SendAsync(
            gateway, "GET http://evil.example/livez HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 403", answer, StringComparison.Ordinal);
    }

    private static async Task<HttpAnswer> GetAsync(RunningGateway gateway, string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, gateway.Client.BaseAddress + path[1..]);
        request.Headers.Host = host;
        using var response = await gateway.Client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }
}
