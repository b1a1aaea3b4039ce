using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Chat;

/// <summary>A stop lets chats finish, and ends politely what does not.</summary>
public class ChatDrainTests
{
    private const string ShuttingDown =
        """{"error":{"message":"The gateway is shutting down. Try again shortly.","type":"server_error","param":null,"code":"shutting_down"}}""";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(7);

    [Fact]
    public async Task Stop_DuringAStream_LetsItFinish()
    {
        await using var bed = await StartAsync();
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Says("a", "b").PauseAt(1, gate));
        using var stream = await bed.OpenAsync(ChatBody.HiStreamed);
        await stream.UntilAsync("\"content\":\"a\"");
        var stopping = bed.Gateway.StopAsync();
        Assert.True(bed.Gateway.Drain.IsDraining);
        gate.Release();
        Assert.Equal("data: [DONE]", (await stream.RestAsync())[^1]);
        await stopping.WaitAsync(GatewayOverOllama.LongestWait);
    }

    [Fact]
    public async Task Deadline_DuringAStream_EndsItWithItsFrame()
    {
        await using var bed = await StartAsync();
        bed.Ollama.Enqueue(Scenario.Says("a", "b").PauseAt(1, new Gate()));
        using var stream = await bed.OpenAsync(ChatBody.HiStreamed);
        await stream.UntilAsync("\"content\":\"a\"");
        var stopping = bed.Gateway.StopAsync();
        bed.Gateway.Clock.Advance(Deadline);
        var rest = await stream.RestAsync();
        Assert.Equal(2, rest.Count);
        Assert.Equal("data: " + ShuttingDown.Replace("The gateway", "Server error: The gateway", StringComparison.Ordinal), rest[0]);
        Assert.Contains("\"finish_reason\":\"error\"", rest[1], StringComparison.Ordinal);
        await (await bed.NextChatUpstreamAsync()).Aborted.WaitAsync(GatewayOverOllama.LongestWait);
        await stopping.WaitAsync(GatewayOverOllama.LongestWait);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Deadline_BeforeTheFirstByte_Is503(bool stream, bool cached)
    {
        await using var bed = await StartAsync(cached);
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Says("a").PauseAt(0, gate));
        var call = bed.ChatAsync(ChatBody.ForModel("plain", stream));
        await gate.Reached;
        var stopping = bed.Gateway.StopAsync();
        bed.Gateway.Clock.Advance(Deadline);
        var answer = await call;
        Assert.Equal(503, answer.Status);
        Assert.Equal(ShuttingDown, answer.Body);
        await stopping.WaitAsync(GatewayOverOllama.LongestWait);
    }

    private static Task<GatewayOverOllama> StartAsync(bool cached = false) =>
        GatewayOverOllama.StartAsync(s => s with { ShutdownTimeout = Deadline, CacheEnabled = cached });
}
