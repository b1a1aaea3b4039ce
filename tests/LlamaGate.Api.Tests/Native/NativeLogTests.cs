using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Native;

/// <summary>What the log and the headers tell of calls that are passed on.</summary>
public sealed class NativeLogTests
{
    [Theory]
    [InlineData("/api/chat", "chat_stream", true, 7, 8)]
    [InlineData("/api/chat", "chat_nonstream", false, 7, 8)]
    [InlineData("/api/generate", "generate_stream", true, 7, 8)]
    [InlineData("/api/embed", "embed_string", false, 7, 0)]
    public async Task Call_Ended_IsOneLineWithItsFacts(string path, string recording, bool isStream, int prompt, int completion)
    {
        var line = await LineOfAsync(path, recording, $$"""{"model":"plain","stream":{{(isStream ? "true" : "false")}}}""");
        Assert.Equal("native", line.GetProperty("dialect").GetString());
        Assert.Equal("plain", line.GetProperty("model").GetString());
        Assert.Equal(isStream, line.GetProperty("stream").GetBoolean());
        Assert.Equal("bypass", line.GetProperty("cache").GetString());
        Assert.Equal(prompt, line.GetProperty("prompt_tokens").GetInt32());
        Assert.Equal(completion, line.GetProperty("completion_tokens").GetInt32());
        Assert.True(line.TryGetProperty("ttft_ms", out _));
        Assert.True(line.TryGetProperty("upstream_ms", out _));
        Assert.Equal("r1", line.GetProperty("request_id").GetString());
    }

    [Theory]
    [InlineData("/api/chat", "chat_midstream_runner_killed", "upstream_error")]
    [InlineData("/api/chat", "chat_token_repeat_abort_stream", "upstream_incomplete")]
    [InlineData("/api/chat", "chat_token_repeat_abort", "upstream_incomplete")]
    [InlineData("/api/generate", "generate_token_repeat_abort", "upstream_incomplete")]
    public async Task Answer_ThatFailedAfterItsStatus_IsAnErrorLineWithTheCode(string path, string recording, string code)
    {
        var line = await LineOfAsync(path, recording, NativeCalls.Hi);
        Assert.Equal("error", line.GetProperty("level").GetString());
        Assert.Equal(200, line.GetProperty("status").GetInt32());
        Assert.Equal(code, line.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Refusal_OfABody_NamesTheMember()
    {
        var line = await LineOfAsync(NativeCalls.Chat, "chat_stream", """{"model":"a","MODEL":"b"}""");
        Assert.Equal("MODEL", line.GetProperty("param").GetString());
        Assert.Equal("native", line.GetProperty("dialect").GetString());
    }

    [Fact]
    public async Task PlainAnswer_Has_ItsTimesAndId()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Recorded("chat_nonstream"));
        var answer = await bed.CallAsync("POST", NativeCalls.Chat, """{"model":"plain","stream":false}""", ("X-Request-ID", "r1"));
        Assert.StartsWith("upstream;dur=", answer.Headers["Server-Timing"], StringComparison.Ordinal);
        Assert.Equal("r1", answer.Headers["X-Request-ID"]);
        Assert.Equal("bypass", answer.Headers["X-LlamaGate-Cache"]);
        Assert.Equal("r1", (await bed.NextChatUpstreamAsync()).Headers["X-Request-ID"]);
    }

    [Fact]
    public async Task EqualCalls_AreEachAsked()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { CacheEnabled = true });
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(200, (await bed.CallAsync("POST", NativeCalls.Chat, NativeCalls.Hi)).Status);
        }

        Assert.Equal(2, bed.Ollama.Requests.Count(request => request.Path == NativeCalls.Chat));
    }

    private static async Task<JsonElement> LineOfAsync(string path, string recording, string body)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Recorded(recording), path);
        await bed.CallAsync("POST", path, body, ("X-Request-ID", "r1"));
        var lines = await bed.Gateway.StopAndReadLogAsync();
        return JsonElement.Parse(Assert.Single(lines, line => line.Contains("\"latency\"", StringComparison.Ordinal)));
    }
}
