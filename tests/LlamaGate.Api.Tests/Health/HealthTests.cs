using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Health;

/// <summary>The exact bodies of <c>/health</c>, which needs no key and is not limited.</summary>
public class HealthTests
{
    [Fact]
    public async Task Health_OfALivingOllama_IsHealthy()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { ApiKey = "k", RateLimitRps = 0.001m });
        for (var i = 0; i < 3; i++)
        {
            var answer = await bed.GetAsync("/health");
            Assert.Equal(200, answer.Status);
            Assert.Equal($$"""{"status":"healthy","ollama":"connected","ollama_host":"{{Host(bed)}}"}""", answer.Body);
            Assert.False(answer.Headers.ContainsKey("x-ratelimit-limit-requests"));
        }

        Assert.Single(bed.Ollama.Requests);
    }

    [Fact]
    public async Task Health_OfAFailingOllama_TellsTheStatusAndRecovers()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.HealthStatus = 500;
        var answer = await bed.GetAsync("/health");
        Assert.Equal(503, answer.Status);
        Assert.Equal($$"""{"status":"unhealthy","error":"Ollama returned status 500","ollama_host":"{{Host(bed)}}"}""", answer.Body);
        bed.Ollama.HealthStatus = null;
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal(200, (await bed.GetAsync("/health")).Status);
    }

    [Fact]
    public async Task Health_OfNoOllama_IsUnreachable()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        await bed.Ollama.DisposeAsync();
        var answer = await bed.GetAsync("/health");
        Assert.Equal(503, answer.Status);
        Assert.Equal($$"""{"status":"unhealthy","error":"Ollama unreachable","ollama_host":"{{Host(bed)}}"}""", answer.Body);
    }

    [Fact]
    public async Task Health_OfAHangingOllama_IsUnreachableWithinFiveSeconds()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Default.PauseAt(0, gate), "/api/version");
        var call = bed.GetAsync("/health");
        await gate.Reached;
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(503, (await call).Status);
    }

    [Fact]
    public async Task Health_OfAnAddressWithPathAndCredentials_ShowsThePathOnly()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with
        {
            OllamaHost = new UriBuilder(s.OllamaHost) { UserName = "me", Password = "secret", Path = "/ollama/" }.Uri,
        });
        var answer = await bed.GetAsync("/health");
        Assert.Equal(
            $$"""{"status":"unhealthy","error":"Ollama's API is not at {{Host(bed)}}/ollama (404). Check the path in OLLAMA_HOST.","ollama_host":"{{Host(bed)}}/ollama"}""",
            answer.Body);
        var probe = Assert.Single(bed.Ollama.Requests);
        Assert.Equal("/ollama/api/version", probe.Path);
        var authorization = "Basic " + Convert.ToBase64String("me:secret"u8);
        Assert.Equal(authorization, probe.Headers["Authorization"]);
        await bed.ChatAsync(ChatBody.Hi);
        Assert.Equal(authorization, bed.Ollama.Requests[^1].Headers["Authorization"]);
    }

    private static string Host(GatewayOverOllama bed) => bed.Ollama.Address.ToString().TrimEnd('/');
}
