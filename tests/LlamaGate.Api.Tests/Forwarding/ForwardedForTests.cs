using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Running;

namespace LlamaGate.Api.Tests.Forwarding;

public class ForwardedForTests
{
    [Theory]
    [InlineData("", "203.0.113.9", "127.0.0.1")]
    [InlineData("10.0.0.0/8", "203.0.113.9", "127.0.0.1")]
    [InlineData("127.0.0.1/32", "203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.0/8,10.0.0.0/8", "198.51.100.1, 203.0.113.9, 10.1.2.3", "203.0.113.9")]
    [InlineData("127.0.0.1/32", "198.51.100.1, 203.0.113.9", "203.0.113.9")]
    public async Task ForwardedFor_FromAProxy_IsBelievedOnlyWhenTrusted(string trusted, string header, string expected)
    {
        var proxies = VariableText.Networks(trusted) ?? throw new ArgumentException("Not networks", nameof(trusted));
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { TrustedProxies = proxies });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/exchange/ip");
        request.Headers.Add("X-Forwarded-For", header);
        using var answer = await gateway.Client.SendAsync(request);
        Assert.Equal(expected, await answer.Content.ReadAsStringAsync());
    }
}
