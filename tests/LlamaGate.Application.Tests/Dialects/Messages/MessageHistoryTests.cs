using System.Text.Json;
using LlamaGate.Application.Dialects.Messages;
using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Tests.Dialects.Messages;

public class MessageHistoryTests
{
    [Theory]
    [InlineData(
        """[{"role":"user","content":"a"},{"role":"user","content":"b"}]""", "User: a|b")]
    [InlineData(
        """[{"role":"system","content":"s"},{"role":"user","content":"a"}]""", "System: s; User: a")]
    [InlineData(
        """[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"system","content":"s"},{"role":"user","content":"c"}]""",
        "User: a; Assistant: b; User: <system-reminder>\ns\n</system-reminder>|c")]
    [InlineData(
        """[{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"f","input":{}}]},{"role":"user","content":[{"type":"text","text":"then"},{"type":"tool_result","tool_use_id":"t1","content":"r"}]}]""",
        "Assistant: ; Tool: r; User: then")]
    [InlineData(
        """[{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"f","input":{}}]},{"role":"user","content":"x"},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"r"}]}]""",
        "Assistant: ; Tool: r; User: x")]
    [InlineData(
        """[{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"f","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":{"type":"text","text":"r"}}]}]""",
        "Assistant: ; Tool: r")]
    [InlineData(
        """[{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"f","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":{"a":1.0}}]}]""",
        """Assistant: ; Tool: {"a":1.0}""")]
    public void ToMessages_OfAHistory_IsWhatTemplatesTake(string messages, string expected) => Assert.Equal(
        expected,
        string.Join("; ", Map(messages).Select(message =>
            $"{message.Role}: {string.Join('|', message.Content.OfType<TextPart>().Select(part => part.Text.ToString()))}")));

    /// <summary>A body of many small messages costs no more than its size.</summary>
    [Fact]
    public void ToMessages_OfManyOfUsersInARow_TakesMemoryInProportion()
    {
        const int count = 20_000;
        var request = Read($"[{string.Join(',', Enumerable.Repeat("""{"role":"user","content":"a"}""", count))}]");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var messages = MessageHistory.ToMessages(request);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(count, Assert.Single(messages).Content.Count);
        Assert.InRange(allocated, 1, count * 1000L);
    }

    private static IReadOnlyList<Message> Map(string messages) => MessageHistory.ToMessages(Read(messages));

    private static CreateMessageRequest Read(string messages) => JsonSerializer.Deserialize(
        $$"""{"model":"m","max_tokens":1,"messages":{{messages}}}""", MessagesJsonContext.Instance.CreateMessageRequest)!;
}
