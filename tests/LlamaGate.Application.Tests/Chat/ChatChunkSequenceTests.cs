using LlamaGate.Application.Chat;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Domain.Chat;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Chat;

public class ChatChunkSequenceTests
{
    private static readonly ChatCompletionChunk Template = new() { Id = "i", Created = 1, Model = "m" };
    private static readonly ToolCall Call = new("", "f", "{}");

    [Fact]
    public void Append_OfTextThenEnd_IsRoleTextReason()
    {
        var chunks = Run(default, new ChatUpdate { Content = "a" }, new ChatUpdate { IsDone = true, FinishReason = FinishReason.Length });
        Assert.Equal(["assistant", null, null], chunks.Select(c => c.Delta.Role), StringComparer.Ordinal);
        Assert.Equal(["", "a", null], chunks.Select(c => c.Delta.Content), StringComparer.Ordinal);
        Assert.Equal([null, null, "length"], chunks.Select(c => c.FinishReason), StringComparer.Ordinal);
    }

    [Fact]
    public void Append_OfEverythingOnTheDoneLine_IsRoleDeltaReason()
    {
        var chunks = Run(default, new ChatUpdate { Content = "a", Thinking = "t", ToolCalls = [Call, Call], IsDone = true });
        Assert.Equal(3, chunks.Count);
        Assert.Equal(("a", "t", "t"), (chunks[1].Delta.Content, chunks[1].Delta.ReasoningContent, chunks[1].Delta.Reasoning));
        Assert.Equal([0, 1], chunks[1].Delta.ToolCalls!.Select(c => c.Index!.Value));
        Assert.Equal("tool_calls", chunks[2].FinishReason);
    }

    [Fact]
    public void Append_OfCallsOnSeveralLines_CountsThem()
    {
        var chunks = Run(
            default, new ChatUpdate { ToolCalls = [Call] }, new ChatUpdate { ToolCalls = [Call] }, new ChatUpdate { IsDone = true });
        Assert.Equal([0, 1], chunks.Where(c => c.Delta.ToolCalls is not null).Select(c => c.Delta.ToolCalls![0].Index!.Value));
    }

    [Fact]
    public void Append_OfACallWithoutId_MakesOnesThatDiffer()
    {
        var calls = Run(default, new ChatUpdate { ToolCalls = [Call, Call], IsDone = true })[1].Delta.ToolCalls!;
        Assert.All(calls, c => Assert.Matches("^call_[A-Za-z0-9]{24}$", c.Id));
        Assert.NotEqual(calls[0].Id, calls[1].Id, StringComparer.Ordinal);
    }

    [Fact]
    public void Append_OfEmptyUpdates_IsNothingButTheRole() =>
        Assert.Single(Run(default, new ChatUpdate(), new ChatUpdate { Thinking = "" }));

    [Fact]
    public void Append_OfLogprobsWithoutText_KeepsThem()
    {
        var chunks = Run(default, new ChatUpdate { Logprobs = [new TokenLogprob("x", -1, null, [])] });
        Assert.Equal("", chunks[1].Delta.Content);
        Assert.Equal("x", Assert.Single(chunks[1].Logprobs!.Content).Token);
    }

    [Theory]
    [InlineData(true, "function_call")]
    [InlineData(false, "tool_calls")]
    public void Append_WhenOneCallIsWanted_GivesTheFirstOnly(bool functions, string reason)
    {
        var chunks = Run(
            new AnswerForm(functions, OneCall: true),
            new ChatUpdate { ToolCalls = [Call, Call] }, new ChatUpdate { ToolCalls = [Call] }, new ChatUpdate { IsDone = true });
        Assert.Equal(3, chunks.Count);
        Assert.Equal(functions, chunks[1].Delta.FunctionCall is not null);
        Assert.Equal(functions ? null : 1, chunks[1].Delta.ToolCalls?.Count);
        Assert.Equal(reason, chunks[2].FinishReason);
    }

    [Theory]
    [InlineData(FinishReason.Stop, false, "stop")]
    [InlineData(FinishReason.Stop, true, "tool_calls")]
    [InlineData(FinishReason.Length, true, "length")]
    [InlineData(null, false, "stop")]
    public void ToFinishReason_OfEachEnd_IsOpenAIs(FinishReason? reason, bool called, string expected) =>
        Assert.Equal(expected, ChatAnswerMapping.ToFinishReason(reason, called, default));

    [Theory]
    [InlineData("", 0, "")]
    [InlineData("", 1, null)]
    [InlineData("x", 1, "x")]
    public void ToMessage_OfCalls_HasNullContentOnlyWithoutText(string content, int calls, string? expected)
    {
        var message = ChatAnswerMapping.ToMessage(new ChatUpdate { Content = content, ToolCalls = [.. Enumerable.Repeat(Call, calls)] }, default);
        Assert.Equal(expected, message.Content);
        Assert.Equal(calls == 0, message.ToolCalls is null);
        Assert.All(message.ToolCalls ?? [], c => Assert.Null(c.Index));
    }

    private static List<ChunkChoice> Run(AnswerForm form, params ChatUpdate[] updates)
    {
        var sequence = new ChatChunkSequence(Template, choice: 0, form);
        var chunks = new List<ChatCompletionChunk>();
        foreach (var update in updates)
        {
            sequence.Append(update, chunks);
        }

        Assert.All(chunks, c => Assert.Equal("i", c.Id));
        return [.. chunks.Select(c => Assert.Single(c.Choices))];
    }
}
