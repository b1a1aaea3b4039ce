using System.Text.Json;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Running;

namespace LlamaGate.Api.Tests.Requests;

public class RequestLogTests
{
    private const string Key = "sk-never-in-the-log";

    [Fact]
    public async Task PlainAnswer_Ended_IsOneLineOfThisShape()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await SendAsync(gateway, "/v1/exchange/plain?model=llama3&secret=" + Key);
        Assert.Equal(
            """{"level":"info","request_id":"r1","method":"GET","path":"/v1/exchange/plain","status":200,"latency":"0.000s","ip":"127.0.0.1","time":1703123456,"model":"llama3","stream":false,"cache":"miss","prompt_tokens":11,"completion_tokens":22,"ttft_ms":33,"upstream_ms":44}""",
            await RequestLineAsync(gateway));
    }

    [Fact]
    public async Task SlowAnswer_Ended_TellsLatencyAndEndTime()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var call = SendAsync(gateway, "/v1/exchange/hold");
        await gateway.Gate.Entered;
        gateway.Clock.Advance(TimeSpan.FromMilliseconds(1234));
        gateway.Gate.Release();
        using var answer = await call;
        Assert.Equal(
            """{"level":"info","request_id":"r1","method":"GET","path":"/v1/exchange/hold","status":200,"latency":"1.234s","ip":"127.0.0.1","time":1703123457}""",
            await RequestLineAsync(gateway));
    }

    [Theory]
    [InlineData("/v1/exchange/bug", "error", 500, "internal_error")]
    [InlineData("/v1/exchange/fail/UpstreamTimeout", "error", 504, "upstream_timeout")]
    [InlineData("/v1/exchange/fail/InvalidRequest", "info", 400, "invalid_request_error")]
    [InlineData("/v1/no-such-route", "info", 404, "not_found")]
    [InlineData("/v1/exchange/body", "info", 405, "method_not_allowed")]
    public async Task FailedAnswer_Ended_TellsItsCode(string path, string level, int status, string code)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await SendAsync(gateway, path);
        // The field at fault, where the error names one.
        var param = path.Contains("/fail/", StringComparison.Ordinal) ? ",\"param\":\"messages[0]\"" : "";
        Assert.Equal(
            $$"""{"level":"{{level}}","request_id":"r1","method":"GET","path":"{{path}}","status":{{status}},"latency":"0.000s","ip":"127.0.0.1","time":1703123456,"error":"{{code}}"{{param}}}""",
            await RequestLineAsync(gateway));
    }

    [Fact]
    public async Task StreamThatBroke_AfterItsStatus_IsAnError()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await SendAsync(gateway, "/v1/exchange/broken-stream");
        Assert.Equal(
            """{"level":"error","request_id":"r1","method":"GET","path":"/v1/exchange/broken-stream","status":200,"latency":"0.000s","ip":"127.0.0.1","time":1703123456,"stream":true,"error":"upstream_incomplete"}""",
            await RequestLineAsync(gateway));
    }

    [Fact]
    public async Task StreamThatThrew_AfterItsStatus_IsAnError()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => SendAsync(gateway, "/v1/exchange/torn-stream"));
        Assert.Equal(
            """{"level":"error","request_id":"r1","method":"GET","path":"/v1/exchange/torn-stream","status":200,"latency":"0.000s","ip":"127.0.0.1","time":1703123456,"error":"internal_error"}""",
            await RequestLineAsync(gateway));
    }

    [Fact]
    public async Task ClientThatLeft_AfterItWasAnswered_IsNotLoggedAs499()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var leaving = new CancellationTokenSource();
        var call = SendAsync(gateway, "/v1/exchange/answered-then-left", leaving.Token);
        await gateway.Gate.Entered;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Contains("\"status\":200", await RequestLineAsync(gateway), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientThatLeft_IsLoggedAs499()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var leaving = new CancellationTokenSource();
        var call = SendAsync(gateway, "/v1/exchange/hold", leaving.Token);
        await gateway.Gate.Entered;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(
            """{"level":"info","request_id":"r1","method":"GET","path":"/v1/exchange/hold","status":499,"latency":"0.000s","ip":"127.0.0.1","time":1703123456}""",
            await RequestLineAsync(gateway));
    }

    [Fact]
    public async Task ClientThatLeft_AfterItsAnswerBegan_IsLoggedAs499AndIsNoError()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var leaving = new CancellationTokenSource();
        var call = SendAsync(gateway, "/v1/exchange/begun-then-left", leaving.Token);
        await gateway.Gate.Entered;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        var lines = await gateway.StopAndReadLogAsync();
        Assert.Contains(lines, line => line.Contains("\"status\":499", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("\"level\":\"error\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Probe_Ended_IsLoggedAtDebugOnly(bool debug, int lines)
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { Debug = debug });
        using var answer = await SendAsync(gateway, "/readyz");
        Assert.Equal(lines, (await gateway.StopAndReadLogAsync()).Count(IsRequestLine));
    }

    [Fact]
    public async Task HostileText_InPathAndModel_IsBoundedAndStaysInItsField()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var model = Uri.EscapeDataString("a\"}\n{\"level\":\"forged\"" + new string('x', 5000));
        using var answer = await SendAsync(gateway, "/v1/exchange/plain?model=" + model);
        using var other = await SendAsync(gateway, "/v1/%0A%22" + new string('y', 5000));
        var lines = (await gateway.StopAndReadLogAsync()).Where(IsRequestLine).ToList();
        Assert.Equal(2, lines.Count);
        foreach (var line in lines)
        {
            Assert.Equal("info", JsonDocument.Parse(line).RootElement.GetProperty("level").GetString());
            Assert.InRange(line.Length, 100, 800);
        }
    }

    [Fact]
    public async Task EveryLine_OfEveryKindOfRequest_IsJsonWithoutSecrets()
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings
        {
            ApiKey = Key,
            OllamaHost = new Uri("http://me:" + Key + "@h:1"),
            Debug = true,
        });
        string[] paths = ["plain?model=m", "bug", "fail/UpstreamError", "fail/InvalidRequest", "broken-stream"];
        foreach (var path in paths)
        {
            using var answer = await SendAsync(gateway, "/v1/exchange/" + path);
        }

        var lines = await gateway.StopAndReadLogAsync();
        Assert.All(lines, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
        Assert.DoesNotContain(lines, line => line.Contains(Key, StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(ExchangeController.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bug_InAHandler_IsLoggedWithTypeAndStackUnderTheRequestId()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await SendAsync(gateway, "/v1/exchange/bug");
        var line = await LineWithAsync(gateway, "The request failed");
        Assert.StartsWith(
            """{"level":"error","message":"The request failed","time":""", line, StringComparison.Ordinal);
        Assert.Contains("\"request_id\":\"r1\"", line, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException\\n   at ", line, StringComparison.Ordinal);
        Assert.Contains("---> System.FormatException", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpstreamFailure_IsWarnedOfWithItsSafeDetail()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await SendAsync(gateway, "/v1/exchange/fail/UpstreamError");
        var line = await LineWithAsync(gateway, "Ollama failed");
        Assert.Contains("\"level\":\"warn\"", line, StringComparison.Ordinal);
        Assert.Contains("safe detail", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OpenToAllWithoutKey_Warns()
    {
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings { ListenAddress = System.Net.IPAddress.Any });
        Assert.Contains(
            await gateway.StopAndReadLogAsync(),
            line => line.StartsWith("""{"level":"warn","message":"LISTEN_ADDRESS 0.0.0.0 is open""", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StartAndStop_Always_SayWhatAPersonNeeds()
    {
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings { ApiKey = Key, OllamaHost = new Uri("http://me:" + Key + "@upstream:1/base") });
        var lines = await gateway.StopAndReadLogAsync();
        var messages = lines
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("message").GetString()!)
            .ToList();
        Assert.StartsWith("LlamaGate listens on http://127.0.0.1:", messages[0], StringComparison.Ordinal);
        Assert.EndsWith(" in front of Ollama at http://upstream:1/base", messages[0], StringComparison.Ordinal);
        Assert.Equal(
            [
                $"Swagger UI: {messages[0].Split(' ')[3]}/swagger",
                "Authentication on, rate limit 10/s, cache on, log file off, context overflow error",
                "Settings: the environment, then no .env file, then the defaults",
                "Draining for up to 30s. Requests still running: 0", "All requests have ended", "LlamaGate has stopped",
            ],
            messages.Skip(1),
            StringComparer.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        RunningGateway gateway, string path, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Request-ID", "r1");
        request.Headers.Add("X-API-Key", Key);
        return await gateway.Client.SendAsync(request, cancellationToken);
    }

    private static Task<string> RequestLineAsync(RunningGateway gateway) => LineWithAsync(gateway, "\"latency\":");

    private static async Task<string> LineWithAsync(RunningGateway gateway, string text) =>
        Assert.Single(
            await gateway.StopAndReadLogAsync(), line => line.Contains(text, StringComparison.Ordinal));

    private static bool IsRequestLine(string line) => line.Contains("\"latency\":", StringComparison.Ordinal);
}
