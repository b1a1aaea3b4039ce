using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Api.Tests.Running;

namespace LlamaGate.Api.Tests.RateLimiting;

/// <summary>A key has a bucket of its own, with its own rate.</summary>
public sealed class KeyRateTests : IDisposable
{
    private readonly TemporaryKeys _keys = new(
        TemporaryKeys.Key("alice", "lg-a", "\"rate_limit_rps\":1.5"), TemporaryKeys.Key("bob", "lg-b"), TemporaryKeys.Key("carol", "lg-c"));

    [Fact]
    public async Task Request_WithAKey_HasTheLimitOfTheKey()
    {
        await using var gateway = await StartAsync();
        Assert.Equal((200, "2", "1"), await CallAsync(gateway, "lg-a"));
        Assert.Equal((200, "2", "0"), await CallAsync(gateway, "lg-a"));
        using var refused = await SendAsync(gateway, "lg-a");
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Contains("the limit is 1.5 per second", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("2", refused.Headers.GetValues("x-ratelimit-limit-requests").Single());
        // The others are not concerned.
        Assert.Equal((200, "3", "2"), await CallAsync(gateway, "lg-b"));
        Assert.Equal((200, "3", "2"), await CallAsync(gateway, "lg-c"));
        Assert.Equal((401, "3", "2"), await CallAsync(gateway, "wrong"));
    }

    [Fact]
    public async Task Request_AfterAnotherRateInTheFile_HasThat()
    {
        await using var gateway = await StartAsync();
        Assert.Equal((200, "2", "1"), await CallAsync(gateway, "lg-a"));
        _keys.Write(TemporaryKeys.Key("alice", "lg-a", "\"rate_limit_rps\":20"));
        gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((200, "20", "19"), await CallAsync(gateway, "lg-a"));
    }

    public void Dispose() => _keys.Dispose();

    private static async Task<(int Status, string Limit, string Remaining)> CallAsync(RunningGateway gateway, string key)
    {
        using var answer = await SendAsync(gateway, key);
        return (
            (int)answer.StatusCode,
            answer.Headers.GetValues("x-ratelimit-limit-requests").Single(),
            answer.Headers.GetValues("x-ratelimit-remaining-requests").Single());
    }

    private static async Task<HttpResponseMessage> SendAsync(RunningGateway gateway, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/exchange/plain");
        request.Headers.Add("X-API-Key", key);
        return await gateway.Client.SendAsync(request);
    }

    private Task<RunningGateway> StartAsync() =>
        RunningGateway.StartAsync(new GatewaySettings { KeysFile = _keys.Path, RateLimitRps = 3 });
}
