using System.Text.Json;
using LlamaGate.Api.OpenApi.Examples;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.OpenApi;

/// <summary>How /swagger is served: to everybody, never limited, and whatever Ollama does.</summary>
public sealed class SwaggerPagesTests
{
    private const string Document = "/swagger/v1/swagger.json";

    [Fact]
    public async Task Swagger_WithoutKeyPastTheLimit_IsServedWithItsHeaders()
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { ApiKey = "sk-key", RateLimitRps = 1 });
        foreach (var path in (string[])
            [
                "/swagger", "/swagger/index.html", "/swagger/index.js", "/swagger/gateway.js", "/swagger/gateway.css", "/swagger/mark.svg",
                "/swagger/swagger-ui.css", "/swagger/swagger-ui-bundle.js", Document,
            ])
        {
            var answer = await bed.GetAsync(path);
            Assert.Equal(200, answer.Status);
            Assert.Contains("default-src 'none'", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
            Assert.Equal("DENY", answer.Headers["X-Frame-Options"]);
            Assert.True(answer.Headers.ContainsKey("X-Request-ID"));
            Assert.False(answer.Headers.ContainsKey("x-ratelimit-limit-requests"));
        }

        var missing = await bed.GetAsync("/swagger/v2/swagger.json");
        Assert.Equal((404, "not_found"), (missing.Status, missing.ErrorCode));
    }

    [Fact]
    public async Task Document_OllamaFails_NamesTheFallback()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.HealthStatus = 500;
        var answer = await bed.GetAsync(Document);
        Assert.Equal(200, answer.Status);
        Assert.Contains($"\"model\": \"{ExampleModels.FallbackChat}\"", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("-model}", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_OllamaHangs_IsServedWhenTheWaitIsOver()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Default with { FirstDelay = GatewayOverOllama.LongestWait * 10 }, "/api/tags");
        var answering = bed.GetAsync(Document);
        await bed.Ollama.NextRequestAsync(GatewayOverOllama.LongestWait, "/api/tags");
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        var answer = await answering;
        Assert.Equal(200, answer.Status);
        Assert.Contains($"\"model\": \"{ExampleModels.FallbackChat}\"", answer.Body, StringComparison.Ordinal);
    }

    /// <summary>Nobody can hammer Ollama through a page that is open to everybody.</summary>
    [Fact]
    public async Task Document_AskedForOften_AsksOllamaOnceInAWhile()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => bed.GetAsync(Document)));
        Assert.Single(bed.Ollama.Requests, IsList);
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(200, (await bed.GetAsync(Document)).Status);
        Assert.Equal(2, bed.Ollama.Requests.Count(IsList));

        static bool IsList(RecordedRequest request) => request.Path == "/api/tags";
    }

    /// <summary>Clients that are generated from it can send a key to a gateway that needs one.</summary>
    [Fact]
    public async Task Document_NoKeyNeeded_HasOptionalSecurity()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var answer = await bed.GetAsync(Document);
        AssertSecurity("""[{},{"Bearer":[]}]""", answer, "/v1/models");
        AssertSecurity("[]", answer, "/health");
        Assert.True(answer.Json.GetProperty("components").GetProperty("securitySchemes").TryGetProperty("Bearer", out _));
    }

    [Fact]
    public async Task Document_KeySetWhileItRuns_SaysThatOneIsNeeded()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        await bed.GetAsync(Document);
        bed.Gateway.Settings.Replace(bed.Gateway.Settings.Settings with { ApiKey = "k" });
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(6));
        var answer = await bed.GetAsync(Document);
        AssertSecurity("""[{"Bearer":[]}]""", answer, "/v1/models");
    }

    private static void AssertSecurity(string expected, HttpAnswer document, string path)
    {
        var security = document.Json.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("security");
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), security), security.GetRawText());
    }
}
