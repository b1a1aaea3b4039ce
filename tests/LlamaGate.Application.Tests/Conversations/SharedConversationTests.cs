using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Conversations;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using Moq;

namespace LlamaGate.Application.Tests.Conversations;

public class SharedConversationTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly UpstreamStub _upstream = new();
    private readonly GatheringBudget _budget;
    private readonly SharedConversation _shared;
    private readonly List<ConversationAnswer> _kept = [];
    private bool _gatheringEnded;
    private long _gatheringBytes = 1024 * 1024;

    public SharedConversationTests()
    {
        var cache = new Mock<IResponseCache>();
        cache.Setup(c => c.GatheringBytes).Returns(() => _gatheringBytes);
        _budget = new GatheringBudget(cache.Object);
        _shared = _upstream.Start();
    }

    [Fact]
    public async Task Readers_OfOneAnswer_ReadTheSameFromOneCall()
    {
        Gather();
        await using var first = Join();
        await using var second = Join();
        _upstream.Say("a");
        _upstream.Say("b");
        _upstream.End();
        Assert.Equal("ab", await ReadTextAsync(first));
        Assert.Equal("ab", await ReadTextAsync(second));
        Assert.Equal(1, _upstream.Calls);
    }

    [Fact]
    public async Task AReader_WhoJoinsLate_ReadsFromTheBeginning()
    {
        Gather();
        await using var first = Join();
        _upstream.Say("a");
        Assert.True(await first.MoveNextAsync());
        await using var second = Join();
        _upstream.Say("b");
        _upstream.End();
        Assert.Equal("ab", await ReadTextAsync(second));
        Assert.Equal("b", await ReadTextAsync(first));
    }

    [Fact]
    public async Task Nothing_IsTakenFromUpstream_BeforeAReaderWantsIt()
    {
        Gather();
        await using var reader = Join();
        _upstream.Say("a");
        _upstream.Say("b");
        Assert.Equal(0, _upstream.Calls);
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(1, _upstream.Taken);
    }

    [Fact]
    public async Task TheFastestReader_SetsThePace_AndASleepingOneHoldsNobody()
    {
        Gather();
        await using var sleeping = Join();
        await using var awake = Join();
        for (var i = 0; i < 100; i++)
        {
            _upstream.Say("x");
        }

        _upstream.End();
        Assert.Equal(100, (await ReadTextAsync(awake)).Length);
        Assert.Equal(100, (await ReadTextAsync(sleeping)).Length);
    }

    [Fact]
    public async Task WaitingReaders_AreAllWoken()
    {
        Gather();
        var readers = Enumerable.Range(0, 5).Select(_ => Join()).ToList();
        var moves = readers.Select(reader => reader.MoveNextAsync().AsTask()).ToList();
        Assert.All(moves, move => Assert.False(move.IsCompleted));
        _upstream.Say("a");
        Assert.All(await Task.WhenAll(moves).WaitAsync(LongestWait), Assert.True);
        Assert.All(readers, reader => Assert.Equal("a", reader.Current.Content));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AReader_WhoLeaves_LeavesTheAnswerToTheOthers(bool theFirst)
    {
        Gather();
        using var leaving = new CancellationTokenSource();
        var leaver = theFirst ? Join(leaving.Token) : null;
        await using var stayer = Join();
        leaver ??= Join(leaving.Token);
        // The first to wait is the one that fetches.
        var first = (theFirst ? leaver : stayer).MoveNextAsync().AsTask();
        var second = (theFirst ? stayer : leaver).MoveNextAsync().AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => (theFirst ? first : second).WaitAsync(LongestWait));
        await leaver.DisposeAsync();
        Assert.False(_upstream.Left.IsCompleted);
        _upstream.Say("a");
        Assert.True(await (theFirst ? second : first).WaitAsync(LongestWait));
        _upstream.End();
        Assert.Equal("", await ReadTextAsync(stayer));
    }

    [Fact]
    public async Task TheLastReader_Leaving_EndsTheCall()
    {
        Gather();
        var first = Join();
        var second = Join();
        var waiting = first.MoveNextAsync().AsTask();
        await second.DisposeAsync();
        Assert.False(_upstream.Left.IsCompleted);
        await first.DisposeAsync();
        await _upstream.Left.WaitAsync(LongestWait);
        Assert.True(_gatheringEnded);
        Assert.Null(_shared.TryJoin(CancellationToken.None));
        Assert.Equal(0, _budget.Taken);
        Assert.False(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task AnUpdate_ThatComesWhenTheLastReaderHasLeft_EndsTheCallToo()
    {
        _upstream.IsLate = true;
        Gather();
        var reader = Join();
        _ = reader.MoveNextAsync().AsTask();
        await reader.DisposeAsync();
        Assert.Null(_shared.TryJoin(CancellationToken.None));
        _upstream.Say(new string('x', 10_000));
        await _upstream.Closed.WaitAsync(LongestWait);
        Assert.Equal(0, _budget.Taken);
        Assert.Null(_shared.TryJoin(CancellationToken.None));
    }

    [Fact]
    public async Task AReader_WhoseTokenHasFired_DoesNotWait()
    {
        await using var reader = Join(new CancellationToken(canceled: true));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reader.MoveNextAsync());
    }

    [Fact]
    public async Task AFailure_ReachesAllReaders_AndKeepsNothing()
    {
        Gather();
        await using var first = Join();
        await using var second = Join();
        var waiting = second.MoveNextAsync().AsTask();
        _upstream.Fail(new GatewayException(GatewayError.UpstreamError, "broken"));
        Assert.Equal("broken", (await Assert.ThrowsAsync<GatewayException>(() => waiting.WaitAsync(LongestWait))).Message);
        Assert.Equal("broken", (await Assert.ThrowsAsync<GatewayException>(async () => await first.MoveNextAsync())).Message);
        Assert.Empty(_kept);
        Assert.True(_gatheringEnded);
        Assert.Equal(0, _budget.Taken);
    }

    [Fact]
    public async Task ACompleteAnswer_IsKeptBeforeItsReaderSeesTheEnd()
    {
        Gather();
        await using var reader = Join();
        _upstream.Say("a");
        _upstream.End(tokens: 7);
        await ReadTextAsync(reader);
        var kept = Assert.Single(_kept);
        Assert.Equal("a", Assert.Single(kept.Choices).Content);
        Assert.Equal(7, kept.Usage.CompletionTokens);
        Assert.Equal(0, _budget.Taken);
    }

    [Fact]
    public async Task AnAnswer_TooLongForTheBudget_IsReadToItsEndAndNotKept()
    {
        _gatheringBytes = 20_000;
        Gather();
        await using var reader = Join();
        _upstream.Say(new string('x', 2_000));
        Assert.True(await reader.MoveNextAsync());
        Assert.NotEqual(0, _budget.Taken);
        _upstream.Say(new string('x', 50_000));
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(0, _budget.Taken);
        Assert.Null(_shared.TryJoin(CancellationToken.None));
        _upstream.End();
        Assert.Equal("", await ReadTextAsync(reader));
        Assert.Empty(_kept);
    }

    [Fact]
    public async Task AReader_FarBehindAnAnswerThatIsNotGathered_IsEnded()
    {
        _gatheringBytes = 20_000;
        Gather();
        await using var slow = Join();
        await using var fast = Join();
        for (var i = 0; i < 20; i++)
        {
            _upstream.Say(new string('x', 20_000));
        }

        _upstream.End();
        Assert.Equal(400_000, (await ReadTextAsync(fast)).Length);
        var exception = await Assert.ThrowsAsync<GatewayException>(() => ReadTextAsync(slow));
        Assert.Equal(GatewayError.ReaderTooSlow, exception.Error);
    }

    [Fact]
    public async Task AReader_ThatIsCutOff_StillHasTheUpdateItMovedTo()
    {
        _gatheringBytes = 20_000;
        Gather();
        await using var slow = Join();
        await using var fast = Join();
        _upstream.Say("first");
        Assert.True(await slow.MoveNextAsync());
        for (var i = 0; i < 20; i++)
        {
            _upstream.Say(new string('x', 20_000));
        }

        _upstream.End();
        await ReadTextAsync(fast);
        Assert.Equal("first", slow.Current.Content);
        var exception = await Assert.ThrowsAsync<GatewayException>(async () => await slow.MoveNextAsync());
        Assert.Equal(GatewayError.ReaderTooSlow, exception.Error);
    }

    [Fact]
    public async Task AnUpdate_LongerThanTheLag_CutsOffNobodyWhoWaitsForIt()
    {
        _gatheringBytes = 20_000;
        Gather();
        await using var first = Join();
        await using var second = Join();
        Task<bool>[] moves = [first.MoveNextAsync().AsTask(), second.MoveNextAsync().AsTask()];
        _upstream.Say(new string('x', 400_000));
        Assert.All(await Task.WhenAll(moves).WaitAsync(LongestWait), Assert.True);
        Assert.Equal(400_000, second.Current.Content.Length);
    }

    [Fact]
    public async Task TheWholeAnswer_OfAnAnswerThatIsNotGathered_IsPutTogether()
    {
        await using var reader = Join();
        _upstream.Say("a");
        _upstream.Say("b");
        _upstream.End();
        var answer = await reader.ReadToEndAsync();
        Assert.Equal("ab", Assert.Single(answer.Choices).Content);
        Assert.NotNull(reader.UpstreamTime);
        Assert.NotNull(reader.TimeToFirstToken);
    }

    [Fact]
    public async Task AnAnswer_PastTheRunnersContext_SaysSo()
    {
        _upstream.Models.Setup(m => m.GetContextLengthAsync("m", It.IsAny<CancellationToken>())).ReturnsAsync(4096);
        await using var reader = Join();
        _upstream.End(tokens: 5000);
        Assert.Equal(4096, (await reader.ReadToEndAsync()).ExceededContext);
        Assert.Equal(4096, reader.ExceededContext);
    }

    private void Gather() => _shared.Gather(new Gathering(
        _budget,
        answer =>
        {
            _kept.Add(answer);
            return ValueTask.CompletedTask;
        },
        ended: () => _gatheringEnded = true));

    private LiveConversation Join(CancellationToken cancellationToken = default) => _shared.TryJoin(cancellationToken)!;

    private static async Task<string> ReadTextAsync(LiveConversation reader)
    {
        var text = "";
        while (await reader.MoveNextAsync().AsTask().WaitAsync(LongestWait))
        {
            text += reader.Current.Content;
        }

        return text;
    }
}
