using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Streaming;

/// <summary>What Ollama says is handed on at once, and time is counted per silence and not per answer.</summary>
[Collection(nameof(RunsAlone))]
public class ImmediacyTests
{
    private static readonly TimeSpan Timeout = new GatewaySettings().Timeout;

    [Fact]
    public async Task EachLine_SentUpstream_ReachesTheClientBeforeTheNextIsSent()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        string[] tokens = ["t0", "t1", "t2", "t3", "t4"];
        var (scenario, gates) = Gated(tokens);
        bed.Ollama.Enqueue(scenario);
        using var stream = await bed.OpenAsync(ChatBody.HiStreamed);
        Assert.Contains("\"delta\":{\"role\":\"assistant\",\"content\":\"\"}", await stream.NextAsync(), StringComparison.Ordinal);
        for (var i = 0; i < tokens.Length; i++)
        {
            Assert.Contains($"\"content\":\"{tokens[i]}\"", await stream.NextAsync(), StringComparison.Ordinal);
            gates[i].Release();
        }

        Assert.Equal("data: [DONE]", (await stream.RestAsync())[^1]);
    }

    [Fact]
    public async Task Stream_LongerThanTheTimeoutInAll_IsNotCut()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { SseKeepAlive = TimeSpan.Zero });
        string[] tokens = ["t0", "t1", "t2", "t3"];
        var (scenario, gates) = Gated(tokens);
        bed.Ollama.Enqueue(scenario);
        using var stream = await bed.OpenAsync(ChatBody.HiStreamed);
        for (var i = 0; i < tokens.Length; i++)
        {
            await stream.UntilAsync(tokens[i]);
            bed.Gateway.Clock.Advance(Timeout - TimeSpan.FromTicks(1));
            gates[i].Release();
        }

        Assert.Equal("data: [DONE]", (await stream.RestAsync())[^1]);
    }

    [Fact]
    public async Task SlowClient_ReadingForLongerThanTheTimeout_IsNotHeldAgainstTheUpstream()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var gate = new Gate();
        var huge = new string('x', 20 * 1024 * 1024);
        bed.Ollama.Enqueue(Scenario.Says(huge, "last").PauseAt(1, gate));
        using var stream = await bed.OpenAsync(ChatBody.HiStreamed);
        // The first event and the huge one go out together: when the first is here, the gateway is held up writing the second.
        await stream.NextAsync();
        bed.Gateway.Clock.Advance(Timeout * 3);
        gate.Release();
        var events = await stream.RestAsync();
        Assert.Contains($"\"content\":\"{huge}\"", events[0], StringComparison.Ordinal);
        Assert.Contains("last", events[1], StringComparison.Ordinal);
        Assert.Equal("data: [DONE]", events[^1]);
    }

    private static (Scenario Scenario, Gate[] Gates) Gated(string[] tokens)
    {
        Gate[] gates = [.. tokens.Select(_ => new Gate())];
        return (gates.Index().Aggregate(Scenario.Says(tokens), (s, gate) => s.PauseAt(gate.Index + 1, gate.Item)), gates);
    }
}
