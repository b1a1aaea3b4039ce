using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Running;

namespace LlamaGate.Api.Tests.Cors;

public class CorsTests
{
    private const string Origin = "http://localhost:3000";
    private const string Chat = "/v1/chat/completions";
    private static readonly string[] Readable =
    [
        "X-Request-ID", "request-id", "Retry-After", "retry-after-ms", "x-should-retry", "x-ratelimit-limit-requests",
        "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests",
        "x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens", "anthropic-ratelimit-tokens-limit",
        "anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset", "x-ratelimit-limit-gpu-seconds",
        "x-ratelimit-remaining-gpu-seconds", "x-ratelimit-reset-gpu-seconds", "X-LlamaGate-Cache", "X-LlamaGate-Ignored", "X-LlamaGate-Estimate",
        "X-LlamaGate-Context", "X-LlamaGate-Host", "X-LlamaGate-Queue",
        "openai-processing-ms", "Server-Timing",
    ];

    [Theory]
    [InlineData("http://localhost")]
    [InlineData("http://localhost:3000")]
    [InlineData("https://localhost:8443")]
    [InlineData("http://127.0.0.1:5173")]
    [InlineData("https://127.0.0.1")]
    [InlineData("http://[::1]:3000")]
    [InlineData("https://0.0.0.0:1")]
    [InlineData("app://obsidian.md")]
    [InlineData("file://")]
    [InlineData("tauri://localhost")]
    [InlineData("vscode-webview://0abc-1")]
    [InlineData("vscode-file://vscode-app")]
    public async Task Origin_ThatOllamaLetsIn_MayCall(string origin)
    {
        await using var gateway = await RunningGateway.StartAsync();
        AssertLetIn(await SendAsync(gateway.Client, HttpMethod.Get, "/livez", ("Origin", origin)), origin);
        AssertLetIn(await PreflightAsync(gateway.Client, Chat, origin), origin);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://evil.example:3000")]
    [InlineData("http://127.0.0.1.evil.example")]
    [InlineData("http://notlocalhost")]
    [InlineData("ftp://localhost")]
    [InlineData("chrome-extension://abc")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("http://localhost:3000/path")]
    [InlineData("http://user@localhost")]
    public async Task Origin_ThatIsNotLetIn_GetsNoneOfTheHeaders(string origin)
    {
        await using var gateway = await RunningGateway.StartAsync();
        AssertNotLetIn(await SendAsync(gateway.Client, HttpMethod.Get, "/livez", ("Origin", origin)));
        AssertNotLetIn(await PreflightAsync(gateway.Client, Chat, origin));
        AssertNotLetIn(await SendAsync(gateway.Client, HttpMethod.Get, "/v1/nothing", ("Origin", origin)));
    }

    [Theory]
    [InlineData("https://chat.example.com", "https://chat.example.com", true)]
    [InlineData("https://chat.example.com", "http://chat.example.com", false)]
    [InlineData("https://a.example,https://*.example.com", "https://chat.example.com", true)]
    [InlineData("https://a.example,https://*.example.com", "http://localhost", true)]
    [InlineData("*", "https://anything.example", true)]
    [InlineData("*", "null", true)]
    public async Task Origin_OfCorsOrigins_MayCall(string configured, string origin, bool isLetIn)
    {
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings { CorsOrigins = OriginPattern.ParseList(configured)! });
        var answer = await SendAsync(gateway.Client, HttpMethod.Get, "/livez", ("Origin", origin));
        if (isLetIn)
        {
            AssertLetIn(answer, origin);
        }
        else
        {
            AssertNotLetIn(answer);
        }
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData("/v1/models")]
    [InlineData("/v1/models/a/b")]
    [InlineData("//v1/embeddings")]
    [InlineData("/completions")]
    [InlineData("/openai/deployments/m/chat/completions")]
    [InlineData("/health")]
    [InlineData("/nothing")]
    public async Task Preflight_OfAnyPath_NeedsNoKeyAndNoRoomAndAllowsWhatIsAskedFor(string path)
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { ApiKey = "k", RateLimitRps = 0.001m });
        for (var time = 0; time < 3; time++)
        {
            var answer = await PreflightAsync(gateway.Client, path, Origin, "authorization,content-type,x-stainless-os,x-invented");
            Assert.Equal(204, answer.Status);
            Assert.Empty(answer.BodyBytes);
            Assert.Equal("authorization,content-type,x-stainless-os,x-invented", answer.Headers["Access-Control-Allow-Headers"]);
            Assert.Contains("POST", answer.Headers["Access-Control-Allow-Methods"], StringComparison.Ordinal);
            Assert.Equal("43200", answer.Headers["Access-Control-Max-Age"]);
            Assert.True(answer.Headers.ContainsKey("X-Request-ID"));
            Assert.False(answer.Headers.ContainsKey("x-ratelimit-remaining-requests"));
        }
    }

    [Theory]
    [InlineData("GET", "/v1/exchange/plain", 401)]
    [InlineData("GET", "/v1/nothing", 404)]
    [InlineData("DELETE", "/livez", 405)]
    public async Task Error_BeforeTheRoute_IsReadable(string method, string path, int status)
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { ApiKey = "k" });
        AssertLetIn(await SendAsync(gateway.Client, new HttpMethod(method), path, ("Origin", Origin)), Origin, status);
    }

    [Theory]
    [InlineData("InvalidRequest", 400)]
    [InlineData("RequestTooLarge", 413)]
    [InlineData("Internal", 500)]
    [InlineData("UpstreamUnreachable", 502)]
    [InlineData("UpstreamBusy", 503)]
    [InlineData("UpstreamTimeout", 504)]
    public async Task Error_OfTheRoute_IsReadable(string error, int status)
    {
        await using var gateway = await RunningGateway.StartAsync();
        AssertLetIn(await SendAsync(gateway.Client, HttpMethod.Get, "/v1/exchange/fail/" + error, ("Origin", Origin)), Origin, status);
    }

    [Fact]
    public async Task Error_OfTheRateLimit_IsReadable()
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { RateLimitRps = 0.001m });
        await SendAsync(gateway.Client, HttpMethod.Get, "/v1/exchange/plain");
        AssertLetIn(await SendAsync(gateway.Client, HttpMethod.Get, "/v1/exchange/plain", ("Origin", Origin)), Origin, 429);
    }

    [Fact]
    public async Task Error_OfABodyTooLarge_IsReadable()
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { MaxBodyMb = 1 });
        AssertLetIn(await bed.ChatAsync(new byte[(1024 * 1024) + 1], ("Origin", Origin)), Origin, 413);
    }

    [Theory]
    [InlineData(ChatBody.Hi)]
    [InlineData(ChatBody.HiStreamed)]
    public async Task Chat_PlainOrStreamed_IsReadable(string body)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        AssertLetIn(await bed.ChatAsync(body, ("Origin", Origin)), Origin, 200);
    }

    [Fact]
    public async Task Call_WithoutOrigin_HasNoneOfTheHeaders()
    {
        await using var gateway = await RunningGateway.StartAsync();
        AssertNotLetIn(await SendAsync(gateway.Client, HttpMethod.Get, "/livez"));
        Assert.Equal(405, (await SendAsync(gateway.Client, HttpMethod.Options, Chat)).Status);
    }

    private static Task<HttpAnswer> PreflightAsync(HttpClient client, string path, string origin, string headers = "authorization") =>
        SendAsync(
            client, HttpMethod.Options, path,
            ("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", headers));

    private static async Task<HttpAnswer> SendAsync(
        HttpClient client, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, client.BaseAddress + path[1..]);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }

    private static void AssertLetIn(HttpAnswer answer, string origin, int? status = null)
    {
        Assert.Equal(status ?? answer.Status, answer.Status);
        Assert.Equal(origin, answer.Headers["Access-Control-Allow-Origin"]);
        Assert.Contains("Origin", answer.Headers["Vary"], StringComparison.Ordinal);
        if (answer.Status != 204)
        {
            Assert.Equal(Readable, answer.Headers["Access-Control-Expose-Headers"].Split(','), StringComparer.Ordinal);
        }
    }

    private static void AssertNotLetIn(HttpAnswer answer) => Assert.DoesNotContain(
        answer.Headers.Keys, name => name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase) || name == "Vary");
}
