using System.Net;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Running;

namespace LlamaGate.Api.Tests.RateLimiting;

public class RateLimitingMiddlewareTests
{
    [Fact]
    public async Task Request_WithinTheLimit_CarriesItsHeaders()
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { RateLimitRps = 2 });
        using var answer = await gateway.Client.GetAsync("/v1/exchange/plain");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["2", "1", "500ms"], Headers(answer));
    }

    [Fact]
    public async Task Request_OverTheLimit_Gets429WithTheWaitAndPassesAfterIt()
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { RateLimitRps = 0.5m });
        using var first = await gateway.Client.GetAsync("/v1/exchange/plain");
        gateway.Clock.Advance(TimeSpan.FromMilliseconds(500));
        using var refused = await gateway.Client.GetAsync("/v1/exchange/plain");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("2", refused.Headers.GetValues("Retry-After").Single());
        Assert.Equal("1500", refused.Headers.GetValues("retry-after-ms").Single());
        Assert.Equal(["1", "0", "1.5s"], Headers(refused));
        Assert.Equal(
            """{"error":{"message":"Too many requests: the limit is 0.5 per second. Slow down.","type":"rate_limit_error","param":null,"code":"rate_limit_exceeded"}}""",
            await refused.Content.ReadAsStringAsync());

        gateway.Clock.Advance(TimeSpan.FromMilliseconds(1500));
        using var later = await gateway.Client.GetAsync("/v1/exchange/plain");
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task Request_VerySlowLimit_NeverAsksForMoreThanTwoMinutes()
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { RateLimitRps = 0.001m });
        using var first = await gateway.Client.GetAsync("/v1/exchange/plain");
        using var refused = await gateway.Client.GetAsync("/v1/exchange/plain");
        Assert.Equal("120", refused.Headers.GetValues("Retry-After").Single());
        Assert.Equal("120000", refused.Headers.GetValues("retry-after-ms").Single());
    }

    [Fact]
    public async Task GuessingKeys_OverTheLimit_IsLimitedBeforeItIsRefused()
    {
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings { RateLimitRps = 1, ApiKey = "right" });
        using var first = await gateway.Client.GetAsync("/v1/exchange/plain");
        Assert.Equal(HttpStatusCode.Unauthorized, first.StatusCode);
        Assert.Equal(["1", "0", "1s"], Headers(first));
        using var second = await gateway.Client.GetAsync("/v1/exchange/plain");
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);

        using var keyed = new HttpRequestMessage(HttpMethod.Get, "/v1/exchange/plain");
        keyed.Headers.Add("X-API-Key", "right");
        using var holder = await gateway.Client.SendAsync(keyed);
        Assert.Equal(HttpStatusCode.OK, holder.StatusCode);
    }

    [Theory]
    [InlineData("/v1/exchange/bug")]
    [InlineData("/v1/exchange/broken-stream")]
    [InlineData("/v1/no-such-route")]
    public async Task Request_ThatFails_StillCarriesTheHeaders(string path)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await gateway.Client.GetAsync(path);
        Assert.Equal(["10", "9", "100ms"], Headers(answer));
    }

    [Theory]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/exchange/open")]
    public async Task Request_OutsideTheApi_IsNeverLimited(string path)
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { RateLimitRps = 0.001m });
        for (var i = 0; i < 3; i++)
        {
            using var answer = await gateway.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains("x-ratelimit-limit-requests"));
        }
    }

    private static string[] Headers(HttpResponseMessage answer) =>
    [
        answer.Headers.GetValues("x-ratelimit-limit-requests").Single(),
        answer.Headers.GetValues("x-ratelimit-remaining-requests").Single(),
        answer.Headers.GetValues("x-ratelimit-reset-requests").Single(),
    ];
}
