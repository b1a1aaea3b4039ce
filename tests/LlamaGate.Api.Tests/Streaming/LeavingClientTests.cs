using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Streaming;

/// <summary>A client that leaves ends the generation at once, whenever it leaves.</summary>
public class LeavingClientTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Client_LeavingBeforeTheFirstByte_IsSeenUpstream(bool stream, bool cached)
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { CacheEnabled = cached });
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Says("a").PauseAt(0, gate));
        using var leaving = new CancellationTokenSource();
        using var body = new StringContent(ChatBody.ForModel("plain", stream), null, "application/json");
        var call = bed.Client.PostAsync("/v1/chat/completions", body, leaving.Token);
        await gate.Reached;
        await leaving.CancelAsync();
        await AssertAbortedUpstreamAsync(bed);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Client_LeavingMidStream_IsSeenUpstream()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Says("a", "b").PauseAt(1, new Gate()));
        var stream = await bed.OpenAsync(ChatBody.HiStreamed);
        await stream.UntilAsync("\"content\":\"a\"");
        stream.Dispose();
        await AssertAbortedUpstreamAsync(bed);
    }

    [Fact]
    public async Task Client_LeavingWhileItIsFlooded_IsSeenUpstream()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Parse("tokens-1000000_pack-64_fail-hang"));
        var stream = await bed.OpenAsync(ChatBody.HiStreamed);
        await stream.NextAsync();
        stream.Dispose();
        await AssertAbortedUpstreamAsync(bed);
    }

    private static async Task AssertAbortedUpstreamAsync(GatewayOverOllama bed) =>
        await (await bed.NextChatUpstreamAsync()).Aborted.WaitAsync(GatewayOverOllama.LongestWait);
}
