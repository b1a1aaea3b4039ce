using Moq;

namespace LlamaGate.Application.Tests.Conversations;

/// <summary>Several readers of one answer.</summary>
public class SharedConversationTests
{
    [Fact]
    public async Task Readers_OfOneAnswer_ReadTheSameFromOneCall()
    {
        var bed = new SharedConversationBed();
        bed.Gather();
        await using var first = bed.Join();
        await using var second = bed.Join();
        bed.Upstream.Say("a");
        bed.Upstream.Say("b");
        bed.Upstream.End();
        Assert.Equal("ab", await SharedConversationBed.ReadTextAsync(first));
        Assert.Equal("ab", await SharedConversationBed.ReadTextAsync(second));
        Assert.Equal(1, bed.Upstream.Calls);
    }

    [Fact]
    public async Task AReader_WhoJoinsLate_ReadsFromTheBeginning()
    {
        var bed = new SharedConversationBed();
        bed.Gather();
        await using var first = bed.Join();
        bed.Upstream.Say("a");
        Assert.True(await first.MoveNextAsync());
        await using var second = bed.Join();
        bed.Upstream.Say("b");
        bed.Upstream.End();
        Assert.Equal("ab", await SharedConversationBed.ReadTextAsync(second));
        Assert.Equal("b", await SharedConversationBed.ReadTextAsync(first));
    }

    [Fact]
    public async Task Nothing_IsTakenFromUpstream_BeforeAReaderWantsIt()
    {
        var bed = new SharedConversationBed();
        bed.Gather();
        await using var reader = bed.Join();
        bed.Upstream.Say("a");
        bed.Upstream.Say("b");
        Assert.Equal(0, bed.Upstream.Calls);
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(1, bed.Upstream.Taken);
    }

    [Fact]
    public async Task TheFastestReader_SetsThePace_AndASleepingOneHoldsNobody()
    {
        var bed = new SharedConversationBed();
        bed.Gather();
        await using var sleeping = bed.Join();
        await using var awake = bed.Join();
        for (var i = 0; i < 100; i++)
        {
            bed.Upstream.Say("x");
        }

        bed.Upstream.End();
        Assert.Equal(100, (await SharedConversationBed.ReadTextAsync(awake)).Length);
        Assert.Equal(100, (await SharedConversationBed.ReadTextAsync(sleeping)).Length);
    }

    [Fact]
    public async Task WaitingReaders_AreAllWoken()
    {
        var bed = new SharedConversationBed();
        bed.Gather();
        var readers = Enumerable.Range(0, 5).Select(_ => bed.Join()).ToList();
        var moves = readers.Select(reader => reader.MoveNextAsync().AsTask()).ToList();
        Assert.All(moves, move => Assert.False(move.IsCompleted));
        bed.Upstream.Say("a");
        Assert.All(await Task.WhenAll(moves).WaitAsync(SharedConversationBed.LongestWait), Assert.True);
        Assert.All(readers, reader => Assert.Equal("a", reader.Current.Content));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AReader_WhoLeaves_LeavesTheAnswerToTheOthers(bool theFirst)
    {
        var bed = new SharedConversationBed();
        bed.Gather();
        using var leaving = new CancellationTokenSource();
        var leaver = theFirst ? bed.Join(leaving.Token) : null;
        await using var stayer = bed.Join();
        leaver ??= bed.Join(leaving.Token);
        // The first to wait is the one that fetches.
        var first = (theFirst ? leaver : stayer).MoveNextAsync().AsTask();
        var second = (theFirst ? stayer : leaver).MoveNextAsync().AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => (theFirst ? first : second).WaitAsync(SharedConversationBed.LongestWait));
        await leaver.DisposeAsync();
        Assert.False(bed.Upstream.Left.IsCompleted);
        bed.Upstream.Say("a");
        Assert.True(await (theFirst ? second : first).WaitAsync(SharedConversationBed.LongestWait));
        bed.Upstream.End();
        Assert.Equal("", await SharedConversationBed.ReadTextAsync(stayer));
    }

    [Fact]
    public async Task TheLastReader_Leaving_EndsTheCall()
    {
        var bed = new SharedConversationBed();
        bed.Gather();
        var first = bed.Join();
        var second = bed.Join();
        var waiting = first.MoveNextAsync().AsTask();
        await second.DisposeAsync();
        Assert.False(bed.Upstream.Left.IsCompleted);
        await first.DisposeAsync();
        await bed.Upstream.Left.WaitAsync(SharedConversationBed.LongestWait);
        Assert.True(bed.HasGatheringEnded);
        Assert.Null(bed.Shared.TryJoin(CancellationToken.None));
        Assert.Equal(0, bed.Budget.Taken);
        Assert.False(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task AReader_WhoseTokenHasFired_DoesNotWait()
    {
        var bed = new SharedConversationBed();
        await using var reader = bed.Join(new CancellationToken(canceled: true));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reader.MoveNextAsync());
    }

    [Fact]
    public async Task TheWholeAnswer_OfAnAnswerThatIsNotGathered_IsPutTogether()
    {
        var bed = new SharedConversationBed();
        await using var reader = bed.Join();
        bed.Upstream.Say("a");
        bed.Upstream.Say("b");
        bed.Upstream.End();
        var answer = await reader.ReadToEndAsync();
        Assert.Equal("ab", Assert.Single(answer.Choices).Content);
        Assert.NotNull(reader.UpstreamTime);
        Assert.NotNull(reader.TimeToFirstToken);
    }

    [Fact]
    public async Task AnAnswer_PastTheRunnersContext_SaysSo()
    {
        var bed = new SharedConversationBed();
        bed.Upstream.Models.Setup(m => m.GetContextLengthAsync("m", It.IsAny<CancellationToken>())).ReturnsAsync(4096);
        await using var reader = bed.Join();
        bed.Upstream.End(tokens: 5000);
        Assert.Equal(4096, (await reader.ReadToEndAsync()).ExceededContext);
        Assert.Equal(4096, reader.ExceededContext);
    }
}
