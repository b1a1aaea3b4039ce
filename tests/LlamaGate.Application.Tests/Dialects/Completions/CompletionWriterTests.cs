using LlamaGate.Application.Dialects.Completions;
using LlamaGate.Application.Dialects.Completions.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Dialects.Completions;

public class CompletionWriterTests
{
    [Fact]
    public void Choices_OfSeveralPrompts_EchoTheirOwn()
    {
        var prompts = new TextInput(["p", "q"], IsArray: true);
        var request = CompletionStreamWriterTests.Request() with { Prompt = prompts, N = 2, Echo = true };
        var completion = Write(request, [Says("a"), Says("b"), Says("c"), Says("d")]);
        Assert.Equal(
            ["0 pa", "1 pb", "2 qc", "3 qd"],
            completion.Choices.Select(choice => $"{choice.Index} {choice.Text}"),
            StringComparer.Ordinal);
        Assert.Equal(new CompletionUsage { PromptTokens = 3, CompletionTokens = 4, TotalTokens = 7 }, completion.Usage.Counts);
    }

    [Theory]
    [InlineData(0, "ab")]
    [InlineData(null, null)]
    public void Logprobs_OfAThinkingAnswer_AreThoseOfItsTextWhenRequested(int? requested, string? expected)
    {
        var answer = new AnswerChoice("ab", "th", [], [new("th", -1, null, []), new("ab", -1, null, [])], FinishReason.Stop);
        var choice = Assert.Single(Write(CompletionStreamWriterTests.Request() with { Logprobs = requested }, [answer]).Choices);
        Assert.Equal(expected, choice.Logprobs is null ? null : string.Join(',', choice.Logprobs.Tokens));
        Assert.Equal("th", choice.Reasoning);
    }

    private static AnswerChoice Says(string text) => new(text, null, [], null, FinishReason.Stop);

    private static Completion Write(CreateCompletionRequest request, IReadOnlyList<AnswerChoice> choices) =>
        new CompletionWriter(request, TimeProvider.System).ToWire(new ConversationAnswer(choices, new TokenUsage(3, 4), null));
}
