using System.Text.Json;
using LlamaGate.Domain.Conversations;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Tests.Ollama;

public sealed class TokenRatiosTests
{
    private readonly TokenRatios _ratios = new();

    [Fact]
    public void UnknownModel_HasFourBytes() => Assert.Equal(4, _ratios.BytesPerToken("m"));

    [Fact]
    public void KnownModel_HasWhatItsPromptsHadTogether()
    {
        _ratios.Learn("m", Prompt(600), promptTokens: 300);
        _ratios.Learn("m", Prompt(900), promptTokens: 200);
        Assert.Equal(3, _ratios.BytesPerToken("m"));
        Assert.Equal(4, _ratios.BytesPerToken("other"));
    }

    [Theory]
    [InlineData(255, 100)]
    [InlineData(600, 601)]
    [InlineData(801, 100)]
    [InlineData(600, 0)]
    public void Prompt_ThatSaysLittle_TeachesNothing(int bytes, int tokens)
    {
        _ratios.Learn("m", Prompt(bytes), tokens);
        Assert.Equal(4, _ratios.BytesPerToken("m"));
    }

    [Fact]
    public void Prompt_WithAnImage_TeachesNothing()
    {
        _ratios.Learn("m", new ChatPrompt([new Message(MessageRole.User, [Text(600), new ImagePart("aaaa")])]), promptTokens: 300);
        Assert.Equal(4, _ratios.BytesPerToken("m"));
    }

    /// <summary>The latest prompts outweigh all that came before.</summary>
    [Fact]
    public void Change_IsFollowed()
    {
        for (var i = 0; i < 100; i++)
        {
            _ratios.Learn("m", Prompt(200_000), promptTokens: 50_000);
        }

        for (var i = 0; i < 100; i++)
        {
            _ratios.Learn("m", Prompt(100_000), promptTokens: 50_000);
        }

        Assert.InRange(_ratios.BytesPerToken("m"), 2, 2.1);
    }

    [Fact]
    public void Models_AreBounded()
    {
        _ratios.Learn("first", Prompt(600), promptTokens: 300);
        for (var i = 0; i < 1000; i++)
        {
            _ratios.Learn($"m{i}", Prompt(600), promptTokens: 300);
        }

        Assert.Equal(4, _ratios.BytesPerToken("first"));
        Assert.Equal(2, _ratios.BytesPerToken("m999"));
    }

    [Fact]
    public void PromptSize_CountsTextsCallsAndSchemas() => Assert.Equal(
        "héllo".Length + 1 + "thought".Length + "f".Length + "{}".Length + "f".Length + "t".Length + "d".Length + "{\"a\": 1}".Length,
        PromptSize.Of(new ChatPrompt(
        [
            new Message(MessageRole.User, [new TextPart("héllo"), new ImagePart("aaaa")]),
            new Message(MessageRole.Assistant, []) { Thinking = "thought", ToolCalls = [new ToolCall("id", "f", "{}")] },
            new Message(MessageRole.Tool, []) { ToolName = "f", ToolCallId = "id" },
        ])
        {
            Tools = [new ToolDefinition("t", "d", JsonElement.Parse("{\"a\": 1}"))],
        }));

    private static ChatPrompt Prompt(int bytes) => new([new Message(MessageRole.User, [Text(bytes)])]);

    private static TextPart Text(int bytes) => new(new string('a', bytes));
}
