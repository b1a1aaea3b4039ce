using System.IO.Compression;
using System.Text;
using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Native;

/// <summary>Streams go through line by line, and end in a way that can be told.</summary>
public sealed class StreamTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(7);

    [Fact]
    public async Task Line_OfAStream_IsThereBeforeTheNext()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var (first, second) = (new Gate(), new Gate());
        bed.Ollama.Enqueue(Scenario.Says("a", "b").PauseAt(1, first).PauseAt(2, second));
        using var stream = await OpenAsync(bed);
        Assert.Contains("\"content\":\"a\"", await stream.NextAsync(), StringComparison.Ordinal);
        first.Release();
        Assert.Contains("\"content\":\"b\"", await stream.NextAsync(), StringComparison.Ordinal);
        second.Release();
        Assert.Contains("\"done\":true", await stream.NextAsync(), StringComparison.Ordinal);
        Assert.Null(await stream.NextAsync());
        Assert.Equal("application/x-ndjson", stream.Response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no", stream.Response.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.False(stream.Response.Headers.Contains("Server-Timing"));
    }

    [Fact]
    public async Task Silence_InAStream_IsNotFilled()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { SseKeepAlive = TimeSpan.FromSeconds(1) });
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Says("a").PauseAt(1, gate));
        using var stream = await OpenAsync(bed);
        await stream.NextAsync();
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(10));
        gate.Release();
        Assert.Contains("\"done\":true", await stream.NextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/chat", "chat_token_repeat_abort_stream")]
    [InlineData("/api/generate", "generate_token_repeat_abort_stream")]
    public async Task End_ThatSaysNothing_GetsALine(string path, string recording)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Recorded(recording));
        var answer = await bed.CallAsync("POST", path, NativeCalls.Hi);
        Assert.Equal(200, answer.Status);
        Assert.Equal(
            Recording.Named(recording).Body
            + "{\"error\":\"Ollama stopped before the answer was complete (its guard against repetition ends answers that repeat themselves).\"}\n",
            answer.Body);
    }

    [Fact]
    public async Task Stream_ThatBreaks_GetsALine()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Says("a", "b") with { Ending = Ending.Reset, EndingAt = 1 });
        var answer = await bed.CallAsync("POST", NativeCalls.Chat, NativeCalls.Hi);
        Assert.EndsWith("\n{\"error\":\"The connection to Ollama broke before the answer was complete.\"}\n", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_PastTheTimeout_GetsALine()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Says("a").PauseAt(1, gate));
        using var stream = await OpenAsync(bed);
        await stream.NextAsync();
        await gate.Reached;
        bed.Gateway.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("""{"error":"Ollama sent nothing within TIMEOUT."}""", await stream.NextAsync());
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task Deadline_OfAShutdown_GetsALine()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { ShutdownTimeout = Deadline });
        bed.Ollama.Enqueue(Scenario.Says("a", "b").PauseAt(1, new Gate()));
        using var stream = await OpenAsync(bed);
        await stream.NextAsync();
        var stopping = bed.Gateway.StopAsync();
        bed.Gateway.Clock.Advance(Deadline);
        Assert.Equal("""{"error":"The gateway is shutting down. Try again shortly."}""", await stream.NextAsync());
        await (await bed.NextChatUpstreamAsync()).Aborted.WaitAsync(GatewayOverOllama.LongestWait);
        await stopping.WaitAsync(GatewayOverOllama.LongestWait);
    }

    [Fact]
    public async Task Client_WhoLeaves_EndsTheGeneration()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Says("a", "b").PauseAt(1, new Gate()));
        var stream = await OpenAsync(bed);
        await stream.NextAsync();
        stream.Dispose();
        await (await bed.NextChatUpstreamAsync()).Aborted.WaitAsync(GatewayOverOllama.LongestWait);
    }

    [Theory]
    [InlineData("split-1")]
    [InlineData("pack-5")]
    public async Task Lines_HoweverTheyArePacked_AreTheSame(string directives)
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s.WithAliases(("alias", "plain")));
        bed.Ollama.Enqueue(Scenario.Parse("tokens-20_" + directives));
        var answer = await bed.CallAsync("POST", NativeCalls.Chat, """{"model":"alias"}""");
        var lines = answer.Body.Split('\n');
        Assert.Equal("", lines[^1]);
        Assert.Equal(22, lines.Length);
        Assert.All(lines.SkipLast(1), line => Assert.StartsWith("{\"model\":\"alias\",\"created_at\":", line, StringComparison.Ordinal));
        Assert.True(JsonElement.Parse(lines[^2]).GetProperty("done").GetBoolean());
    }

    [Fact]
    public async Task ToolCall_WhoseArgumentsSayDone_IsNoEnd()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        string[] lines =
        [
            """{"model":"plain","message":{"tool_calls":[{"function":{"arguments":{"done":true,"error":"x"}}}]},"done":false}""",
            """{"model":"plain","message":{"content":"\"done\":true"},"done":false}""",
            """{"model":"plain","done" : true}""",
        ];
        bed.Ollama.Enqueue(Scenario.Lines(lines));
        Assert.Equal(string.Join('\n', lines) + "\n", (await bed.CallAsync("POST", NativeCalls.Chat, NativeCalls.Hi)).Body);
    }

    [Fact]
    public async Task PackedBody_IsUnpacked()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(NativeCalls.Hi));
        }

        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        using var answer = await bed.Client.PostAsync(NativeCalls.Chat, content);
        Assert.Equal(200, (int)answer.StatusCode);
        var received = await bed.NextChatUpstreamAsync();
        Assert.Equal(NativeCalls.Hi, received.Body);
        Assert.False(received.Headers.ContainsKey("Content-Encoding"));
    }

    private static async Task<LineStream> OpenAsync(GatewayOverOllama bed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, NativeCalls.Chat) { Content = new StringContent(NativeCalls.Hi) };
        var response = await bed.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)response.StatusCode);
        return new LineStream(response, new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.UTF8));
    }

    private sealed record LineStream(HttpResponseMessage Response, StreamReader Reader) : IDisposable
    {
        public Task<string?> NextAsync() => Reader.ReadLineAsync().WaitAsync(GatewayOverOllama.LongestWait);

        public void Dispose()
        {
            Reader.Dispose();
            Response.Dispose();
        }
    }
}
