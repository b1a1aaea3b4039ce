using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Accounts;
using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace LlamaGate.Application.Tests.Accounts;

public sealed class QuotaCallsTests : IDisposable
{
    private const int Limit = 1000;

    private static readonly Caller Anna = new("anna", new CallerPolicy(1) { TokensPerDay = Limit }) { HasKey = true };
    private static readonly UpstreamEnd End = new(
        new TokenUsage(70, 30), new GenerationTimings(TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)));

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
    private readonly Mock<IUpstreamCalls> _sender = new(MockBehavior.Strict);
    private readonly Mock<IUpstreamAnswer> _answer = new();
    private readonly Mock<ICallerDirectory> _callers = new();
    private readonly Mock<IUsageStore> _store = new();
    private readonly QuotaBook _book;
    private readonly QuotaCalls _calls;

    public QuotaCallsTests()
    {
        var ratios = Mock.Of<ITokenRatios>(own => own.BytesPerToken(It.IsAny<string>()) == 4);
        _book = new QuotaBook(new UsageEstimates(ratios), _callers.Object, _store.Object, _time, NullLogger<QuotaBook>.Instance);
        _calls = new QuotaCalls(new MeteredCalls(_sender.Object, new UsageMeter([_book], new UsageEstimates(Mock.Of<ITokenRatios>()), _time), "gpu1"), _book);
        Used(tokens: 0);
        _sender.Setup(sender => sender.StartAsync(It.IsAny<UpstreamCall>(), It.IsAny<CancellationToken>())).ReturnsAsync(_answer.Object);
    }

    public void Dispose() => _book.Dispose();

    [Fact]
    public async Task Start_ReservesTheEstimateUntilTheLastLine()
    {
        using var answer = await _calls.StartAsync(Chat(textBytes: 400, maxTokens: 50), CancellationToken.None);
        Assert.Equal((0L, 150.0), (Use.Tokens, Use.ReservedTokens));
        await answer.CompleteAsync(End);
        Assert.Equal((100L, 0.0, 3.0), (Use.Tokens, Use.ReservedTokens, Use.GpuSeconds));
    }

    [Fact]
    public async Task Start_OfImagesWithoutALimit_ReservesTheUsualAnswer()
    {
        using (var first = await _calls.StartAsync(Chat(), CancellationToken.None))
        {
            await first.CompleteAsync(End);
        }

        using var answer = await _calls.StartAsync(Chat(images: 1, maxTokens: null), CancellationToken.None);
        Assert.Equal(1 + 800 + 30, Use.ReservedTokens);
    }

    [Fact]
    public async Task Dispose_BeforeTheLastLine_Releases()
    {
        (await _calls.StartAsync(Chat(), CancellationToken.None)).Dispose();
        Assert.Equal(0, Use.ReservedTokens);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_ThatFailsOrWhoseCallerLeaves_Releases(bool leaves)
    {
        Exception failure = leaves ? new OperationCanceledException() : new GatewayException(GatewayError.QueueFull, "full");
        _sender.Setup(sender => sender.StartAsync(It.IsAny<UpstreamCall>(), It.IsAny<CancellationToken>())).ThrowsAsync(failure);
        await Assert.ThrowsAnyAsync<Exception>(() => _calls.StartAsync(Chat(), CancellationToken.None));
        Assert.Equal(0, Use.ReservedTokens);
    }

    [Fact]
    public async Task Start_BeyondTheQuota_IsRefusedBeforeItIsSent()
    {
        Used(Limit);
        var refusal = await Assert.ThrowsAsync<GatewayException>(() => _calls.StartAsync(Chat(), CancellationToken.None));
        Assert.Equal((GatewayError.InsufficientQuota, true, null), (refusal.Error, refusal.FailsAgain, refusal.RetryAfter));
        Assert.Equal(
            "The key 'anna' has used up its quota of 1000 tokens (tokens_per_day) for today, or its running calls will. "
            + "The quota resets at 2026-12-01 00:00 UTC.",
            refusal.Message);
        _sender.VerifyNoOtherCalls();
    }

    [Fact]
    public async Task Start_OnTheNextDay_IsSent()
    {
        Used(Limit);
        await Assert.ThrowsAsync<GatewayException>(() => _calls.StartAsync(Chat(), CancellationToken.None));
        _time.Advance(TimeSpan.FromHours(12));
        using var answer = await _calls.StartAsync(Chat(), CancellationToken.None);
        Assert.IsType<QuotedAnswer>(answer);
    }

    [Fact]
    public async Task Start_WithAnotherLimit_CountsWhatWasUsedBefore()
    {
        Used(Limit);
        var more = new Caller("anna", new CallerPolicy(1) { TokensPerDay = Limit + 1 });
        using var answer = await _calls.StartAsync(Chat(caller: more), CancellationToken.None);
        await answer.CompleteAsync(End);
        Assert.Equal(Limit + 100, Use.Tokens);
        await Assert.ThrowsAsync<GatewayException>(() => _calls.StartAsync(Chat(caller: more), CancellationToken.None));
    }

    [Fact]
    public async Task Start_OfGpuSeconds_IsLimitedToo()
    {
        var caller = new Caller("anna", new CallerPolicy(1) { GpuSecondsPerDay = 3 });
        using (var answer = await _calls.StartAsync(Chat(caller: caller), CancellationToken.None))
        {
            await answer.CompleteAsync(End);
        }

        var refusal = await Assert.ThrowsAsync<GatewayException>(() => _calls.StartAsync(Chat(caller: caller), CancellationToken.None));
        Assert.Contains("3 GPU seconds (gpu_seconds_per_day)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAStoreThatCannotBeRead_CountsFromZero()
    {
        _store.Setup(store => store.ListAsync(It.IsAny<UsageQuery>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new UsageStoreException("damaged"));
        using var answer = await _calls.StartAsync(Chat(), CancellationToken.None);
        Assert.True(Use.ReservedTokens > 0);
    }

    [Fact]
    public async Task Start_WithAStoreThatHangs_WaitsASecond()
    {
        _store.Setup(store => store.ListAsync(It.IsAny<UsageQuery>(), It.IsAny<CancellationToken>()))
            .Returns(new TaskCompletionSource<IReadOnlyList<UsageRow>>().Task);
        var starting = _calls.StartAsync(Chat(), CancellationToken.None);
        Assert.False(starting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        using var answer = await starting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Null(_book.Find(Anna));
    }

    [Fact]
    public async Task Start_OfACallerWithoutAQuota_ReadsAndReservesNothing()
    {
        using var answer = await _calls.StartAsync(Chat(caller: new Caller("bob", new CallerPolicy(1))), CancellationToken.None);
        Assert.IsType<MeteredCall>(answer);
        _store.VerifyNoOtherCalls();
    }

    [Fact]
    public async Task Changed_OfAKeyThatIsNotInForceAnyMore_ForgetsIt()
    {
        using var answer = await _calls.StartAsync(Chat(), CancellationToken.None);
        RevokeAll();
        Used(tokens: 7);
        using var again = await _calls.StartAsync(Chat(), CancellationToken.None);
        Assert.Equal(7, Use.Tokens);
    }

    private void RevokeAll()
    {
        _callers.Setup(callers => callers.IsInForce(It.IsAny<Caller>())).Returns(false);
        _callers.Raise(callers => callers.Changed += null, EventArgs.Empty);
    }

    private QuotaUse Use => _book.Find(Anna)!; // Known once a call was started.

    private void Used(long tokens) => _store
        .Setup(store => store.ListAsync(
            new UsageQuery(new DateOnly(2026, 11, 30), new DateOnly(2026, 11, 30), UsageGroup.Key) { KeyId = "anna" },
            It.IsAny<CancellationToken>()))
        .ReturnsAsync([new UsageRow("anna") { TokensIn = tokens }]);

    private static UpstreamCall Chat(int textBytes = 4, int images = 0, int? maxTokens = 10, Caller? caller = null) =>
        new(UpstreamEndpoint.Chat, new RequestContext("id", caller ?? Anna))
        {
            Model = "m",
            Demand = new CallDemand { TextBytes = textBytes, Images = images, MaxTokens = maxTokens },
        };
}
