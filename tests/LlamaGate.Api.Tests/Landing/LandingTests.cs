using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Native;

namespace LlamaGate.Api.Tests.Landing;

/// <summary>What / answers to browsers, and that other clients see nothing of it.</summary>
public sealed class LandingTests
{
    private const string OfChromium = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";
    private const string Key = "sk-landing-test-key";

    [Theory]
    [InlineData(OfChromium)]
    [InlineData("TEXT/HTML")]
    [InlineData("application/json, text/html;q=0.1")]
    public async Task Root_OfABrowser_IsTheLandingPage(string accept)
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { ApiKey = Key, RateLimitRps = 1 });
        for (var i = 0; i < 3; i++)
        {
            var answer = await bed.CallAsync("GET", "/", body: (string?)null, ("Accept", accept));
            Assert.Equal((200, "text/html; charset=utf-8"), (answer.Status, answer.Headers["Content-Type"]));
            Assert.Contains("LlamaGate is running", answer.Body, StringComparison.Ordinal);
            Assert.StartsWith("default-src 'none'; script-src 'self';", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Equal("Accept", answer.Headers["Vary"]);
        }

        Assert.Empty(bed.Ollama.Requests);
    }

    [Theory]
    [InlineData("GET", "*/*")]
    [InlineData("GET", "application/json")]
    [InlineData("GET", "text/html;q=0, */*")]
    [InlineData("GET", "text/html/nonsense")]
    [InlineData("GET", null)]
    [InlineData("HEAD", null)]
    public async Task Root_OfOtherClients_IsOllamas(string method, string? accept)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var headers = accept is null ? [] : new[] { ("Accept", accept) };
        var answer = await bed.CallAsync(method, "/", body: (string?)null, headers);
        Assert.Equal((200, "text/plain; charset=utf-8", "17"), (answer.Status, answer.Headers["Content-Type"], answer.Headers["Content-Length"]));
        Assert.Equal(method is "HEAD" ? "" : "Ollama is running", answer.Body);
        Assert.False(answer.Headers.ContainsKey("Content-Security-Policy"));
        Assert.False(answer.Headers.ContainsKey("Vary"));
    }

    [Fact]
    public async Task Root_WithoutTheNativeApi_IsThereForBrowsersOnly()
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { NativeApi = NativeApi.Off });
        var answer = await bed.GetAsync("/");
        Assert.Equal((404, "not_found"), (answer.Status, answer.ErrorCode));
        Assert.Equal(200, (await bed.CallAsync("GET", "/", body: (string?)null, ("Accept", OfChromium))).Status);
        Assert.Equal(404, (await bed.CallAsync("POST", "/", "{}", ("Accept", OfChromium))).Status);
    }

    [Fact]
    public async Task Root_OfABrowser_LeadsToTheAdministrationOnlyIfThereIsAKeyForIt()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        Assert.DoesNotContain("admin", await PageAsync(bed), StringComparison.OrdinalIgnoreCase);
        bed.Gateway.Settings.Replace(bed.Gateway.Settings.Settings with { AdminKey = Key });
        Assert.Contains("href=\"admin\"", await PageAsync(bed), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("base.css", "text/css; charset=utf-8")]
    [InlineData("landing.css", "text/css; charset=utf-8")]
    [InlineData("landing.js", "text/javascript; charset=utf-8")]
    [InlineData("mark.svg", "image/svg+xml; charset=utf-8")]
    public async Task Asset_WithoutAKey_IsServed(string name, string type)
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { ApiKey = Key });
        var answer = await bed.GetAsync($"/landing/{name}");
        Assert.Equal((200, type), (answer.Status, answer.Headers["Content-Type"]));
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
    }

    [Theory]
    [InlineData("/landing")]
    [InlineData("/landing/")]
    [InlineData("/landing/landing.html")]
    [InlineData("/landing/admin.js")]
    [InlineData("/landing/../landing/none.css")]
    [InlineData("/landing/%2e%2e/base.css")]
    public async Task Asset_Unknown_IsNoRoute(string path)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var answer = await bed.GetAsync(path);
        Assert.Equal((404, "not_found"), (answer.Status, answer.ErrorCode));
    }

    private static async Task<string> PageAsync(GatewayOverOllama bed)
    {
        var answer = await bed.CallAsync("GET", "/", body: (string?)null, ("Accept", OfChromium));
        Assert.Equal(200, answer.Status);
        return answer.Body;
    }
}
