using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Scheduling;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Errors;
using Moq;

namespace LlamaGate.Application.Tests.Scheduling;

public sealed class ScheduledCallsTests
{
    private static readonly RequestContext Context = new("id", new Caller("key", new CallerPolicy(1)));
    private static readonly UpstreamCall Chat = new(UpstreamEndpoint.Chat, Context) { Model = "m" };
    private static readonly GatewayException Failure = new(GatewayError.UpstreamUnreachable, "gone");

    private readonly Mock<IUpstreamCalls> _others = new(MockBehavior.Strict);
    private readonly Mock<IHostCalls> _hosts = new(MockBehavior.Strict);
    private readonly Mock<IScheduler> _scheduler = new(MockBehavior.Strict);
    private readonly Mock<ISlotLease> _lease = new();
    private readonly IUpstreamAnswer _answer = Mock.Of<IUpstreamAnswer>();
    private readonly ScheduledCalls _calls;

    public ScheduledCallsTests()
    {
        _calls = new ScheduledCalls(_others.Object, _hosts.Object, _scheduler.Object);
        _scheduler.Setup(scheduler => scheduler.AcquireAsync(Chat, It.IsAny<CancellationToken>())).ReturnsAsync(_lease.Object);
        _lease.SetupGet(lease => lease.Host).Returns("a");
        _lease.SetupGet(lease => lease.ContextLength).Returns(4096);
    }

    [Fact]
    public async Task Start_OfACallThatNeedsNoSlot_Passes()
    {
        var show = new UpstreamCall(UpstreamEndpoint.Show, Context);
        _others.Setup(others => others.StartAsync(show, It.IsAny<CancellationToken>())).ReturnsAsync(_answer);

        Assert.Same(_answer, await _calls.StartAsync(show, CancellationToken.None));
    }

    [Fact]
    public async Task Start_OfAModelThatNoHostHas_PassesForItsError()
    {
        _scheduler.Setup(scheduler => scheduler.AcquireAsync(Chat, It.IsAny<CancellationToken>())).ReturnsAsync((ISlotLease?)null);
        _others.Setup(others => others.StartAsync(Chat, It.IsAny<CancellationToken>())).ReturnsAsync(_answer);

        Assert.Same(_answer, await _calls.StartAsync(Chat, CancellationToken.None));
    }

    [Fact]
    public async Task Start_WithASlot_GoesToItsHostWithItsContextAndKeepsIt()
    {
        SendsTo("a").ReturnsAsync(_answer);

        using var answer = await _calls.StartAsync(Chat, CancellationToken.None);

        Assert.IsType<LeasedAnswer>(answer);
        _lease.Verify(lease => lease.NoteAnswer(), Times.Once);
        _lease.Verify(lease => lease.Dispose(), Times.Never);
    }

    [Fact]
    public async Task Start_ThatFails_GoesToTheHostOfTheNextSlot()
    {
        SendsTo("a").ThrowsAsync(Failure);
        SendsTo("b").ReturnsAsync(_answer);
        _lease.Setup(lease => lease.TryMoveAsync(Failure, It.IsAny<CancellationToken>()))
            .Callback(() => _lease.SetupGet(lease => lease.Host).Returns("b"))
            .ReturnsAsync(true);

        using var answer = await _calls.StartAsync(Chat, CancellationToken.None);

        _lease.Verify(lease => lease.NoteAnswer(), Times.Once);
    }

    [Fact]
    public async Task Start_ThatFailsWithoutAnotherHost_GivesTheSlotBack()
    {
        SendsTo("a").ThrowsAsync(Failure);
        _lease.Setup(lease => lease.TryMoveAsync(Failure, It.IsAny<CancellationToken>())).ReturnsAsync(false);

        Assert.Same(Failure, await Assert.ThrowsAsync<GatewayException>(() => _calls.StartAsync(Chat, CancellationToken.None)));
        _lease.Verify(lease => lease.Dispose(), Times.Once);
        _lease.Verify(lease => lease.NoteAnswer(), Times.Never);
    }

    [Fact]
    public async Task Start_WhoseCallerLeft_GoesNowhereElse()
    {
        using var leaving = new CancellationTokenSource();
        await leaving.CancelAsync();
        SendsTo("a").ThrowsAsync(Failure);

        await Assert.ThrowsAsync<GatewayException>(() => _calls.StartAsync(Chat, leaving.Token));
        _lease.Verify(lease => lease.TryMoveAsync(It.IsAny<GatewayException>(), It.IsAny<CancellationToken>()), Times.Never);
        _lease.Verify(lease => lease.Dispose(), Times.Once);
    }

    private Moq.Language.Flow.ISetup<IHostCalls, Task<IUpstreamAnswer>> SendsTo(string host)
    {
        var sent = Chat with { ContextLength = 4096 };
        return _hosts.Setup(hosts => hosts.StartAsync(sent, host, It.IsAny<CancellationToken>()));
    }
}
