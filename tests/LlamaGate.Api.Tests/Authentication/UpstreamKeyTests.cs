using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Authentication;

/// <summary>OLLAMA_API_KEY goes with every kind of call upstream.</summary>
public sealed class UpstreamKeyTests
{
    private const string Show = "/api/show";

    [Theory]
    [InlineData("/health", null, "/api/version")]
    [InlineData("/v1/models", null, "/api/tags")]
    [InlineData("/v1/chat/completions", """{"model":"plain","messages":[{"role":"user","content":"hi"}]}""", "/api/chat")]
    [InlineData("/v1/chat/completions", """{"model":"plain","messages":[{"role":"user","content":"hi"}],"stream":true}""", "/api/chat")]
    [InlineData("/v1/chat/completions", """{"model":"plain","messages":[{"role":"user","content":"hi"}],"reasoning_effort":"low"}""", Show)]
    [InlineData("/v1/completions", """{"model":"plain","prompt":"hi"}""", "/api/generate")]
    [InlineData("/v1/embeddings", """{"model":"embed","input":"hi"}""", "/api/embed")]
    public async Task Call_OfEveryKind_CarriesTheKey(string path, string? body, string upstream)
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { OllamaApiKey = "sesame" });
        var answer = body is null ? await bed.GetAsync(path) : await bed.PostAsync(path, body);
        var request = await bed.Ollama.NextRequestAsync(GatewayOverOllama.LongestWait, upstream);
        Assert.Equal("Bearer sesame", request.Headers["Authorization"]);
        Assert.DoesNotContain("sesame", answer.Body, StringComparison.Ordinal);
    }
}
