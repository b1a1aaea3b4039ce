using LlamaGate.Application.Conversations;

namespace LlamaGate.Application.Tests.Conversations;

public class RunningConversationsTests
{
    private const string Key = "key";

    private readonly RunningConversations _running = new();

    [Fact]
    public async Task OfTwoThatStartAtOnce_TheSecondJoinsTheFirst()
    {
        var first = Start();
        var second = Start();
        await using var reader = first.TryJoin(CancellationToken.None);
        Assert.Null(_running.JoinOrAdd(Key, digest: null, first, CancellationToken.None));
        await using var joined = _running.JoinOrAdd(Key, digest: null, second, CancellationToken.None);
        Assert.Same(first, Assert.IsType<LiveConversation>(joined).Shared);
    }

    [Theory]
    [InlineData("old", "new", false)]
    [InlineData("same", "same", true)]
    [InlineData(null, "known", true)]
    [InlineData("known", null, true)]
    public async Task AnAnswer_OfAnotherBlob_IsNotJoined(string? running, string? asked, bool isJoined)
    {
        var first = Start();
        Assert.Null(_running.JoinOrAdd(Key, running, first, CancellationToken.None));
        await using var joined = _running.JoinOrAdd(Key, asked, Start(), CancellationToken.None);
        Assert.Equal(isJoined, joined is not null);
    }

    /// <summary>It has ended, and waits to be cached.</summary>
    [Theory]
    [InlineData("old", "new", false)]
    [InlineData("same", "same", true)]
    [InlineData(null, "known", true)]
    [InlineData("known", null, true)]
    public async Task AFreshAnswer_OfAnotherBlob_IsNotReturned(string? ended, string? asked, bool isReturned)
    {
        var bed = new SharedConversationBed();
        bed.Gather();
        _running.AddFresh(Key, ended, bed.Shared);
        bed.Upstream.Say("Hi");
        bed.Upstream.End();
        await using var reader = bed.Join();
        await SharedConversationBed.ReadTextAsync(reader);
        await using var returned = _running.TryJoin(Key, asked, CancellationToken.None);
        Assert.Equal(isReturned, returned is KeptConversation);
    }

    [Fact]
    public async Task AnAnswer_WhoseReadersHaveLeft_GivesWayToTheNext()
    {
        var first = Start();
        Assert.Null(_running.JoinOrAdd(Key, digest: null, first, CancellationToken.None));
        await first.TryJoin(CancellationToken.None)!.DisposeAsync();
        var second = Start();
        Assert.Null(_running.JoinOrAdd(Key, digest: null, second, CancellationToken.None));
        _running.Remove(Key, first);
        await using var joined = _running.TryJoin(Key, digest: null, CancellationToken.None);
        Assert.Same(second, Assert.IsType<LiveConversation>(joined).Shared);
    }

    /// <summary>An answer that keeps its beginning, so that it can be joined.</summary>
    private static SharedConversation Start()
    {
        var conversation = new UpstreamStub().Start();
        conversation.Gather(new Gathering(new GatheringBudget(null!), _ => default, ended: () => { }));
        return conversation;
    }
}
