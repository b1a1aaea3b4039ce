using LlamaGate.Application.Generation;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Tests.Generation;

public sealed class CalledToolsTests
{
    private readonly CalledTools _called = new();

    [Fact]
    public void TakeName_OfEqualIdsInATurn_NamesTheCallsInOrder()
    {
        Add(("1", "read"), ("1", "list"), ("2", "find"));
        Assert.Equal(["read", "find", "list", "list"], Take("1", "2", "1", "1"), StringComparer.Ordinal);
    }

    [Fact]
    public void TakeName_OfAnIdThatWasUsedBefore_NamesTheNewCall()
    {
        Add(("1", "read"), ("1", "list"));
        Add(("1", "find"));
        Assert.Equal(["find", "find"], Take("1", "1"), StringComparer.Ordinal);
    }

    [Fact]
    public void TakeName_WithoutACall_IsNull()
    {
        Assert.Null(_called.TakeName("1"));
        Add(("1", "read"));
        Assert.Null(_called.TakeName("2"));
    }

    private void Add(params (string Id, string Name)[] calls) =>
        _called.AddTurn([.. calls.Select(call => new ToolCall(call.Id, call.Name, "{}"))]);

    private IEnumerable<string?> Take(params string[] ids) => ids.Select(_called.TakeName);
}
