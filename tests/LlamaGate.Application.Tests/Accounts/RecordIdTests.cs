using LlamaGate.Application.Accounts;

namespace LlamaGate.Application.Tests.Accounts;

public class RecordIdTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void New_AtATime_IsOfVersion7WithThatTime()
    {
        var id = RecordId.New(Now);
        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 0x8, 0xB);
        Assert.Equal(Guid.CreateVersion7(Now).ToString()[..13], id.ToString()[..13]);
    }

    [Fact]
    public void New_ManyTimesAtOnce_NeverRepeats()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => RecordId.New(Now)).ToHashSet();
        Assert.Equal(10_000, ids.Count);
    }
}
