using CsCheck;
using LlamaGate.Application.Chat;
using LlamaGate.Application.Responses;
using LlamaGate.Application.Responses.Contracts;
using LlamaGate.Domain.Chat;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Responses;

public class ResponseEventSequenceTests
{
    private static readonly ResponseObject Template = ResponseTemplate.Of(
        new CreateResponseRequest { Model = "m", Input = new ResponseInput { Text = "hi" } }, createdAt: 1);

    private static readonly string[] Words = ["", "a", "é😀"];

    /// <summary>Thoughts, words and calls in any order, many on one line too.</summary>
    private static readonly Gen<ChatUpdate> Updates = Gen.Select(
        Gen.Int[0, 1], Gen.Int[0, 2], Gen.Int[0, 2]).Select((thinking, content, calls) => new ChatUpdate
        {
            Thinking = thinking == 0 ? "" : "t",
            Content = Words[content],
            ToolCalls = [.. Enumerable.Range(0, calls).Select(i => new ToolCall($"call_{i}", "f", "{\"x\":1}"))],
        });

    [Fact]
    public void Events_OfAnyAnswer_TellTheResponseThatEndsThem() => Updates.List[0, 12].Sample(updates =>
    {
        var (events, response) = Run(updates, default);
        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(e => e.SequenceNumber));
        Assert.Equal(
            string.Concat(updates.Select(u => u.Content)),
            string.Concat(response.Output.OfType<ResponseOutputMessage>().Select(m => m.Content[0].Text)));
        Assert.Equal(
            string.Concat(updates.Select(u => u.Thinking)),
            string.Concat(response.Output.OfType<ResponseReasoningItem>().Select(m => m.Summary[0].Text)));
        Assert.Equal(updates.Sum(u => u.ToolCalls.Count), response.Output.OfType<ResponseFunctionCall>().Count());
        Assert.Equal(response.Output, events.Where(e => e.Type == ResponseStreamEvent.ItemDone).Select(e => e.Item));
        Assert.All(response.Output, item => Assert.Equal(ResponseObject.Completed, item.Status));
    });

    [Fact]
    public void Events_OfAnyAnswer_NameTheItemThatIsOpen() => Updates.List[0, 12].Sample(updates =>
    {
        ResponseOutputItem? open = null;
        var index = -1;
        foreach (var next in Run(updates, default).Events.Where(e => e.OutputIndex is not null))
        {
            if (next.Type == ResponseStreamEvent.ItemAdded)
            {
                Assert.Null(open);
                open = next.Item;
                index++;
            }

            Assert.Equal(open!.Id, next.ItemId ?? next.Item!.Id);
            Assert.Equal(index, next.OutputIndex);
            if (next.Type == ResponseStreamEvent.ItemDone)
            {
                open = null;
            }
        }

        Assert.Null(open);
    });

    [Fact]
    public void Replay_OfAnyResponse_EndsInTheSameTextsAndCalls() => Updates.List[0, 12].Sample(updates =>
    {
        var response = Run(updates, default).Response;
        var replayed = ResponseReplay.ToEvents(response)[^1].Response!;
        Assert.Equal(response.Id, replayed.Id);
        Assert.Equal(response.Output.Select(Content), replayed.Output.Select(Content), StringComparer.Ordinal);
    });

    [Fact]
    public void Calls_WhenOneIsWanted_AreOne()
    {
        var call = new ToolCall("call_1", "f", "{}");
        var (_, response) = Run(
            [new ChatUpdate { ToolCalls = [call, call] }, new ChatUpdate { ToolCalls = [call] }], new AnswerForm(false, OneCall: true));
        Assert.Single(response.Output);
    }

    [Fact]
    public void Call_ThatTheLimitCut_IsIncomplete()
    {
        var events = new List<ResponseStreamEvent>();
        var sequence = new ResponseEventSequence(Template, default, events);
        sequence.Append(new ChatUpdate { ToolCalls = [new ToolCall("", "f", "{\"x\":")], FinishReason = FinishReason.Length });
        var response = sequence.End(FinishReason.Length, new TokenUsage(1, 2), completedAt: 2);
        Assert.Equal(ResponseObject.Incomplete, response.Status);
        Assert.Equal(ResponseObject.Incomplete, Assert.Single(response.Output).Status);
        Assert.StartsWith("call_", Assert.IsType<ResponseFunctionCall>(response.Output[0]).CallId, StringComparison.Ordinal);
        Assert.Null(response.CompletedAt);
    }

    private static (List<ResponseStreamEvent> Events, ResponseObject Response) Run(IReadOnlyList<ChatUpdate> updates, AnswerForm form)
    {
        var events = new List<ResponseStreamEvent>();
        var sequence = new ResponseEventSequence(Template, form, events);
        sequence.Start();
        foreach (var update in updates)
        {
            sequence.Append(update);
        }

        return (events, sequence.End(FinishReason.Stop, new TokenUsage(1, 2), completedAt: 2));
    }

    private static string Content(ResponseOutputItem item) => item switch
    {
        ResponseReasoningItem reasoning => "thought " + reasoning.Summary[0].Text,
        ResponseOutputMessage message => "said " + message.Content[0].Text,
        ResponseFunctionCall call => $"called {call.CallId} {call.Name} {call.Arguments}",
        _ => throw new InvalidOperationException(),
    };
}
