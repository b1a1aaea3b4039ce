using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Hosts;

/// <summary>How a caller asks for a priority on shared hosts.</summary>
public sealed class PriorityTests
{
    private const string Header = "X-LlamaGate-Priority";

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"plain","messages":[{"role":"user","content":"hi"}]}""", "\"param\":\"X-LlamaGate-Priority\"")]
    [InlineData("/v1/responses", """{"model":"plain","input":"hi"}""", "\"param\":\"X-LlamaGate-Priority\"")]
    [InlineData("/v1/messages", """{"model":"plain","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""", "\"type\":\"invalid_request_error\"")]
    [InlineData("/api/chat", """{"model":"plain","messages":[{"role":"user","content":"hi"}]}""", "{\"error\":\"X-LlamaGate-Priority must be low, normal or high.\"}")]
    public async Task WrongHeader_OfAnyDialect_IsRefusedByName(string path, string body, string expected)
    {
        await using var bed = await GatewayOverHosts.StartAsync(1);
        var answer = await bed.PostAsync(path, body, (Header, "urgent"));
        Assert.Equal(400, answer.Status);
        Assert.Contains("X-LlamaGate-Priority must be low, normal or high.", answer.Body, StringComparison.Ordinal);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await bed.PostAsync(path, body, (Header, "low"))).Status);
    }

    [Fact]
    public async Task WrongHeader_OfOneHost_IsNotLookedAt()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi, (Header, "urgent"))).Status);
    }

    [Theory]
    [InlineData("flex", null)]
    [InlineData("priority", null)]
    [InlineData("auto", "service_tier")]
    public async Task ServiceTier_OfACompletion_IsIgnoredOnlyWithoutAnEffect(string tier, string? ignored)
    {
        await using var bed = await GatewayOverHosts.StartAsync([new EmulatorOptions()]);
        var answer = await bed.PostAsync("/v1/completions", $$"""{"model":"plain","prompt":"hi","service_tier":"{{tier}}"}""");
        Assert.Equal((200, ignored), (answer.Status, answer.Headers.GetValueOrDefault("X-LlamaGate-Ignored")));
    }

    [Fact]
    public async Task ServiceTier_OfACompletionWithOneHost_IsIgnored()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var answer = await bed.PostAsync("/v1/completions", """{"model":"plain","prompt":"hi","service_tier":"flex"}""");
        Assert.Equal("service_tier", answer.Headers["X-LlamaGate-Ignored"]);
    }
}
