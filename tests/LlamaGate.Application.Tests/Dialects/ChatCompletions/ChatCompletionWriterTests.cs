using LlamaGate.Application.Dialects.ChatCompletions;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Dialects.ChatCompletions;

public class ChatCompletionWriterTests
{
    private static readonly ToolCall Call = new("", "f", "{}");

    [Theory]
    [InlineData("", 0, "")]
    [InlineData("", 1, null)]
    [InlineData("x", 1, "x")]
    public void Message_OfCalls_HasNullContentOnlyWithoutText(string content, int calls, string? expected)
    {
        var message = Assert.Single(Write("", content, calls).Choices).Message;
        Assert.Equal(expected, message.Content);
        Assert.Equal(calls == 0, message.ToolCalls is null);
        Assert.All(message.ToolCalls ?? [], c => Assert.Null(c.Index));
    }

    [Fact]
    public void Message_WhenOneCallIsTaken_HasTheFirst() =>
        Assert.Single(Write("\"parallel_tool_calls\":false", "", calls: 2).Choices[0].Message.ToolCalls!);

    [Fact]
    public void Write_OfOneAnswerTwice_GivesEachAnIdOfItsOwn() =>
        Assert.NotEqual(Write("", "a", 0).Id, Write("", "a", 0).Id, StringComparer.Ordinal);

    private static ChatCompletion Write(string fields, string content, int calls)
    {
        var choice = new AnswerChoice(content, Thinking: null, [.. Enumerable.Repeat(Call, calls)], Logprobs: null, FinishReason.Stop);
        return new ChatCompletionWriter(Requests.With(fields), TimeProvider.System)
            .ToWire(new ConversationAnswer([choice], new TokenUsage(1, 1), Timings: null));
    }
}
