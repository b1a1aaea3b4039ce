using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;
using OpenAI.Chat;

namespace LlamaGate.Api.Tests.Sdk;

/// <summary>OpenAI's .NET client passes over the error in a stream. It must notice the failure all the same.</summary>
public class OpenAISdkStreamFailureTests
{
    [Theory]
    [InlineData(Ending.ErrorLine, 2)]
    [InlineData(Ending.Reset, 2)]
    [InlineData(Ending.Silent, 2)]
    [InlineData(Ending.Garbage, 2)]
    public async Task Stream_ThatFailsAfterATokenIsNoticed(Ending ending, int after)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Says("a", "b", "c").PauseAt(after, gate) with { Ending = ending, EndingAt = after });
        var text = "";
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (var update in OpenAISdkTests.Chat(bed).CompleteChatStreamingAsync(new UserChatMessage("hi")))
            {
                text += string.Concat(update.ContentUpdate.Select(part => part.Text));
                if (text == "ab")
                {
                    // Released only now: a reset takes with it what the peer has not read.
                    gate.Release();
                }
            }
        });
        Assert.StartsWith("ab", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_ThatFailsAfterKeepAlivesOnly_IsNoticed()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { SseKeepAlive = TimeSpan.FromMilliseconds(1) });
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Recorded("chat_model_load_failure").PauseAt(0, gate));
        var reading = Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (var _ in OpenAISdkTests.Chat(bed).CompleteChatStreamingAsync(new UserChatMessage("hi")))
            {
            }
        });
        await gate.Reached;
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        gate.Release();
        await reading;
    }
}
