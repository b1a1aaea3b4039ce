using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Tests.Conversations;

/// <summary>An answer that is buffered for the cache, and who may read it how slowly.</summary>
public class GatheredConversationTests
{
    /// <summary>Bytes: less than the answers that are too long for it.</summary>
    private const long SmallBudget = 20_000;

    [Fact]
    public async Task AnUpdate_ThatComesWhenTheLastReaderHasLeft_EndsTheCallToo()
    {
        var bed = new SharedConversationBed();
        bed.Upstream.IsLate = true;
        bed.Gather();
        var reader = bed.Join();
        _ = reader.MoveNextAsync().AsTask();
        await reader.DisposeAsync();
        Assert.Null(bed.Shared.TryJoin(CancellationToken.None));
        bed.Upstream.Say(new string('x', 10_000));
        await bed.Upstream.Closed.WaitAsync(SharedConversationBed.LongestWait);
        Assert.Equal(0, bed.Budget.Taken);
        Assert.Null(bed.Shared.TryJoin(CancellationToken.None));
    }

    [Fact]
    public async Task AFailure_ReachesAllReaders_AndKeepsNothing()
    {
        var bed = new SharedConversationBed();
        bed.Gather();
        await using var first = bed.Join();
        await using var second = bed.Join();
        var waiting = second.MoveNextAsync().AsTask();
        bed.Upstream.Fail(new GatewayException(GatewayError.UpstreamError, "broken"));
        Assert.Equal("broken", (await Assert.ThrowsAsync<GatewayException>(() => waiting.WaitAsync(SharedConversationBed.LongestWait))).Message);
        Assert.Equal("broken", (await Assert.ThrowsAsync<GatewayException>(async () => await first.MoveNextAsync())).Message);
        Assert.Empty(bed.Kept);
        Assert.True(bed.HasGatheringEnded);
        Assert.Equal(0, bed.Budget.Taken);
    }

    [Fact]
    public async Task ACompleteAnswer_IsKeptBeforeItsReaderSeesTheEnd()
    {
        var bed = new SharedConversationBed();
        bed.Gather();
        await using var reader = bed.Join();
        bed.Upstream.Say("a");
        bed.Upstream.End(tokens: 7);
        await SharedConversationBed.ReadTextAsync(reader);
        var kept = Assert.Single(bed.Kept);
        Assert.Equal("a", Assert.Single(kept.Choices).Content);
        Assert.Equal(7, kept.Usage.CompletionTokens);
        Assert.Equal(0, bed.Budget.Taken);
    }

    [Fact]
    public async Task AnAnswer_TooLongForTheBudget_IsReadToItsEndAndNotKept()
    {
        var bed = new SharedConversationBed(SmallBudget);
        bed.Gather();
        await using var reader = bed.Join();
        bed.Upstream.Say(new string('x', 2_000));
        Assert.True(await reader.MoveNextAsync());
        Assert.NotEqual(0, bed.Budget.Taken);
        bed.Upstream.Say(new string('x', 50_000));
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(0, bed.Budget.Taken);
        Assert.Null(bed.Shared.TryJoin(CancellationToken.None));
        bed.Upstream.End();
        Assert.Equal("", await SharedConversationBed.ReadTextAsync(reader));
        Assert.Empty(bed.Kept);
    }

    [Fact]
    public async Task AReader_FarBehindAnAnswerThatIsNotGathered_IsEnded()
    {
        var bed = new SharedConversationBed(SmallBudget);
        bed.Gather();
        await using var slow = bed.Join();
        await using var fast = bed.Join();
        for (var i = 0; i < 20; i++)
        {
            bed.Upstream.Say(new string('x', 20_000));
        }

        bed.Upstream.End();
        Assert.Equal(400_000, (await SharedConversationBed.ReadTextAsync(fast)).Length);
        var exception = await Assert.ThrowsAsync<GatewayException>(() => SharedConversationBed.ReadTextAsync(slow));
        Assert.Equal(GatewayError.ReaderTooSlow, exception.Error);
    }

    [Fact]
    public async Task AReader_ThatIsCutOff_StillHasTheUpdateItMovedTo()
    {
        var bed = new SharedConversationBed(SmallBudget);
        bed.Gather();
        await using var slow = bed.Join();
        await using var fast = bed.Join();
        bed.Upstream.Say("first");
        Assert.True(await slow.MoveNextAsync());
        for (var i = 0; i < 20; i++)
        {
            bed.Upstream.Say(new string('x', 20_000));
        }

        bed.Upstream.End();
        await SharedConversationBed.ReadTextAsync(fast);
        Assert.Equal("first", slow.Current.Content);
        var exception = await Assert.ThrowsAsync<GatewayException>(async () => await slow.MoveNextAsync());
        Assert.Equal(GatewayError.ReaderTooSlow, exception.Error);
    }

    [Fact]
    public async Task AnUpdate_LongerThanTheLag_CutsOffNobodyWhoWaitsForIt()
    {
        var bed = new SharedConversationBed(SmallBudget);
        bed.Gather();
        await using var first = bed.Join();
        await using var second = bed.Join();
        Task<bool>[] moves = [first.MoveNextAsync().AsTask(), second.MoveNextAsync().AsTask()];
        bed.Upstream.Say(new string('x', 400_000));
        Assert.All(await Task.WhenAll(moves).WaitAsync(SharedConversationBed.LongestWait), Assert.True);
        Assert.Equal(400_000, second.Current.Content.Length);
    }
}
