using System.Text;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Native;

/// <summary>Errors are a text under <c>error</c>, whoever they come from.</summary>
public sealed class NativeErrorTests
{
    [Theory]
    [InlineData("GET", "/api/chat", 405)]
    [InlineData("POST", "/api/tags", 405)]
    [InlineData("POST", "/api/nothing", 404)]
    [InlineData("GET", "/api/status", 404)]
    public async Task Route_ThatIsNone_IsToldByAText(string method, string path, int status)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var answer = await bed.CallAsync(method, path, method == "POST" ? "{}" : null);
        Assert.Equal(status, answer.Status);
        Assert.NotEmpty(answer.ErrorText());
        Assert.Empty(bed.Ollama.Requests);
    }

    [Fact]
    public async Task Body_OverTheLimit_Is413()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { MaxBodyMb = 1 });
        var answer = await bed.CallAsync("POST", NativeCalls.Chat, new byte[(1024 * 1024) + 1]);
        Assert.Equal(413, answer.Status);
        Assert.Equal("The request body is larger than 1 MB, this gateway's limit (MAX_BODY_MB).", answer.ErrorText());
    }

    [Fact]
    public async Task Callers_WhoAreTooFast_Are429()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { RateLimitRps = 1 });
        Assert.Equal(200, (await bed.GetAsync("/api/version")).Status);
        var answer = await bed.CallAsync("POST", NativeCalls.Chat, NativeCalls.Hi);
        Assert.Equal(429, answer.Status);
        Assert.Equal("Too many requests: the limit is 1 per second. Slow down.", answer.ErrorText());
        Assert.Equal("1", answer.Headers["Retry-After"]);
        Assert.Equal("0", answer.Headers["x-ratelimit-remaining-requests"]);
    }

    [Fact]
    public async Task Ollama_ThatIsBusy_Is503WithItsWordsAndRetryAfter()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Recorded("chat_queue_full_503"));
        var answer = await bed.CallAsync("POST", NativeCalls.Chat, NativeCalls.Hi);
        Assert.Equal(503, answer.Status);
        Assert.Equal(Recording.Named("chat_queue_full_503").Body, answer.Body);
        Assert.Equal("1", answer.Headers["Retry-After"]);
    }

    [Fact]
    public async Task Ollama_ThatIsNotThere_Is502()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { OllamaHost = new Uri("http://127.0.0.1:1") });
        foreach (var (method, path) in new[] { ("POST", NativeCalls.Chat), ("GET", "/api/tags"), ("GET", "/api/version") })
        {
            var answer = await bed.CallAsync(method, path, method == "POST" ? NativeCalls.Hi : null);
            Assert.Equal(502, answer.Status);
            Assert.Equal("Ollama could not be reached.", answer.ErrorText());
        }
    }

    [Theory]
    [InlineData(401, """{"error":"unauthorized"}""", 502, """{"error":"unauthorized"}""")]
    [InlineData(500, "<html>", 502, """{"error":"Ollama answered with status 500."}""")]
    [InlineData(400, """{"error":{"message":"an object"}}""", 400, """{"error":"an object"}""")]
    [InlineData(500, """{"error":"its own","more":1}""", 500, """{"error":"its own","more":1}""")]
    public async Task Error_OfOllama_StaysAsItIsWhereItIsOne(int status, string said, int answered, string body)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(new Scenario { Answer = new RawAnswer(status, "application/json") { Body = Encoding.UTF8.GetBytes(said) } });
        var answer = await bed.CallAsync("POST", NativeCalls.Chat, NativeCalls.Hi);
        Assert.Equal(answered, answer.Status);
        Assert.Equal(body, answer.Body);
    }

    [Fact]
    public async Task Ollama_ThatIsSilent_Is504()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Says("a").PauseAt(0, gate));
        var call = bed.CallAsync("POST", NativeCalls.Chat, NativeCalls.Hi);
        await gate.Reached;
        bed.Gateway.Clock.Advance(TimeSpan.FromMinutes(5));
        var answer = await call;
        Assert.Equal(504, answer.Status);
        Assert.Equal("Ollama sent nothing within TIMEOUT.", answer.ErrorText());
    }

    [Fact]
    public async Task BodyWithoutALine_OfAStream_Is502()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Lines());
        var answer = await bed.CallAsync("POST", NativeCalls.Chat, NativeCalls.Hi);
        Assert.Equal(502, answer.Status);
        Assert.Equal("Ollama's answer does not follow its protocol.", answer.ErrorText());
    }
}
