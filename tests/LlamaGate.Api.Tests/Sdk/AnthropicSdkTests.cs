using System.Text.Json;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Sdk;

/// <summary>Anthropic's official package against the gateway, unchanged but for its address. Retries are off, so that each failure shows.</summary>
public class AnthropicSdkTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string Weather = """{"city":{"type":"string"}}""";

    private AnthropicClient Client => new()
    {
        ApiKey = "unused",
        BaseUrl = shared.Bed.Client.BaseAddress!.ToString(),
        MaxRetries = 0,
    };

    [Fact]
    public async Task Message_Created_HasTextUsageAndReason()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_nonstream"));
        var message = await Client.Messages.Create(Ask("hi") with { System = "s", StopSequences = ["x"] });
        Assert.True(message.Content.Single().TryPickText(out var text));
        Assert.Equal("Hello from the tiny test model.", text.Text);
        Assert.Equal("end_turn", message.StopReason!.Raw());
        Assert.Equal((7, 8), (message.Usage.InputTokens, message.Usage.OutputTokens));
        Assert.Equal(
            """{"model":"plain","messages":[{"role":"system","content":"s"},{"role":"user","content":"hi"}],"stream":true,"options":{"num_predict":9,"stop":["x"]},"truncate":false}""",
            (await shared.Bed.NextChatUpstreamAsync()).Body);
    }

    [Fact]
    public async Task Message_Streamed_ComesInPieces()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_emoji_stream"));
        var pieces = new List<string>();
        await foreach (var update in Client.Messages.CreateStreaming(Ask("hi")))
        {
            if (update.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var text))
            {
                pieces.Add(text.Text);
            }
        }

        Assert.Equal(["Caf", "é", " ok ", "🙂"], pieces, StringComparer.Ordinal);
        await shared.Bed.NextChatUpstreamAsync();
    }

    [Fact]
    public async Task Tools_Called_AreToolUse()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_tools"));
        var message = await Client.Messages.Create(Ask("weather?") with { Tools = [WeatherTool] });
        var call = Assert.IsType<ToolUseBlock>(message.Content.Select(block => block.Value).OfType<ToolUseBlock>().Single());
        Assert.Equal("get_weather", call.Name);
        Assert.True(call.Input.ContainsKey("city"));
        Assert.Equal("tool_use", message.StopReason!.Raw());
        await shared.Bed.NextChatUpstreamAsync();
    }

    [Fact]
    public async Task Thinking_Enabled_IsABlockWithASignature()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_think_true"));
        var message = await Client.Messages.Create(Ask("why?", "tiny", 2048) with { Thinking = new ThinkingConfigEnabled(1024) });
        Assert.True(message.Content[0].TryPickThinking(out var thinking));
        Assert.NotEmpty(thinking.Thinking);
        Assert.NotEmpty(thinking.Signature);
        await shared.Bed.NextChatUpstreamAsync();
    }

    [Fact]
    public async Task Tokens_Counted_AreMoreThanNone()
    {
        var counted = await Client.Messages.CountTokens(new MessageCountTokensParams { Model = "plain", Messages = [new UserMessageParam("hi")] });
        Assert.True(counted.InputTokens > 0);
    }

    [Theory]
    [InlineData(400, typeof(AnthropicBadRequestException))]
    [InlineData(404, typeof(AnthropicNotFoundException))]
    [InlineData(429, typeof(AnthropicRateLimitException))]
    [InlineData(500, typeof(Anthropic5xxException))]
    [InlineData(503, typeof(Anthropic5xxException))]
    public async Task Failure_OfOllama_IsThePackagesOwn(int status, System.Type expected)
    {
        shared.Bed.Ollama.Enqueue(status == 429 ? Scenario.Fails(429, "slow down") : Scenario.Fails(status));
        var failure = await Assert.ThrowsAnyAsync<AnthropicApiException>(() => Client.Messages.Create(Ask("hi")));
        Assert.IsAssignableFrom(expected, failure);
        await shared.Bed.NextChatUpstreamAsync();
    }

    [Theory]
    [InlineData(Ending.ErrorLine)]
    [InlineData(Ending.Reset)]
    [InlineData(Ending.Silent)]
    public async Task Stream_ThatFailsAfterAToken_IsNoticed(Ending ending)
    {
        var gate = new Gate();
        shared.Bed.Ollama.Enqueue(Scenario.Says("a", "b", "c").PauseAt(1, gate) with { Ending = ending, EndingAt = 1 });
        var text = "";
        await Assert.ThrowsAnyAsync<AnthropicException>(async () =>
        {
            await foreach (var update in Client.Messages.CreateStreaming(Ask("hi")))
            {
                if (update.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var piece))
                {
                    text += piece.Text;
                    // Released only now: a reset takes with it what the peer has not read.
                    gate.Release();
                }
            }
        });
        Assert.Equal("a", text);
        await shared.Bed.NextChatUpstreamAsync();
    }

    private static Tool WeatherTool => new()
    {
        Name = "get_weather",
        Description = "The weather in a city",
        InputSchema = new InputSchema
        {
            Properties = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Weather)!,
            Required = ["city"],
        },
    };

    private static MessageCreateParams Ask(string text, string model = "plain", int maxTokens = 9) =>
        new() { Model = model, MaxTokens = maxTokens, Messages = [new UserMessageParam(text)] };
}
