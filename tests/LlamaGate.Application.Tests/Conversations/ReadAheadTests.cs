using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Conversations;
using LlamaGate.Domain.Errors;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace LlamaGate.Application.Tests.Conversations;

/// <summary>On shared hosts a slow reader does not keep the slot.</summary>
public sealed class ReadAheadTests
{
    private const int KiB = 1024;

    private readonly UpstreamStub _upstream = new();
    private readonly Mock<IUpstreamQueue> _queue = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly LiveConversation _reader;

    public ReadAheadTests() => _reader = _upstream.Start(new ReadAhead(_queue.Object, _clock)).TryJoin(CancellationToken.None)!;

    [Fact]
    public async Task Upstream_ReaderDoesNotRead_IsReadToItsEnd()
    {
        _upstream.Say("a");
        Assert.True(await StepAsync());
        for (var i = 0; i < 1000; i++)
        {
            _upstream.Say("b");
        }

        _upstream.End();
        await _upstream.Closed.WaitAsync(SharedConversationBed.LongestWait);
        Assert.Equal(new string('b', 1000), await SharedConversationBed.ReadTextAsync(_reader));
    }

    [Fact]
    public async Task Upstream_ReaderIsFarBehind_WaitsForIt()
    {
        _upstream.Say("a");
        Assert.True(await StepAsync());
        // A character takes two bytes of memory.
        for (var i = 0; i < 20; i++)
        {
            _upstream.Say(new string('b', 32 * KiB));
        }

        _upstream.End();
        Assert.True(SpinWait.SpinUntil(() => _upstream.Taken >= 8, SharedConversationBed.LongestWait));
        Assert.InRange(_upstream.Taken, 8, 10);
        Assert.False(_upstream.Closed.IsCompleted);
        Assert.Equal(20 * 32 * KiB, (await SharedConversationBed.ReadTextAsync(_reader)).Length);
    }

    [Fact]
    public async Task Upstream_ReaderBlocksItForAMinuteWhileOthersWait_IsCut()
    {
        await BlockAsync();
        _queue.Setup(queue => queue.HasWaiting).Returns(true);
        AdvanceUntilClosed();

        var failure = await Assert.ThrowsAsync<GatewayException>(() => SharedConversationBed.ReadTextAsync(_reader));
        Assert.Equal(GatewayError.ReaderTooSlow, failure.Error);
    }

    [Fact]
    public async Task Upstream_ReaderBlocksItWhileNobodyWaits_IsKeptUntilSomebodyDoes()
    {
        await BlockAsync();
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.False(_upstream.Closed.IsCompleted);
        _queue.Setup(queue => queue.HasWaiting).Returns(true);
        AdvanceUntilClosed();
    }

    [Fact]
    public async Task Upstream_ReaderReadsAgainInTime_GoesOn()
    {
        await BlockAsync();
        _queue.Setup(queue => queue.HasWaiting).Returns(true);
        _clock.Advance(TimeSpan.FromSeconds(59));
        _upstream.End();
        Assert.Equal(20 * 32 * KiB, (await SharedConversationBed.ReadTextAsync(_reader)).Length);
        _clock.Advance(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Upstream_ReaderLeaves_EndsTheCall()
    {
        _upstream.Say("a");
        Assert.True(await StepAsync());
        await _reader.DisposeAsync();
        await _upstream.Left.WaitAsync(SharedConversationBed.LongestWait);
    }

    [Fact]
    public async Task Upstream_FailsAhead_ReaderGetsWhatCameBefore()
    {
        _upstream.Say("a");
        Assert.True(await StepAsync());
        _upstream.Say("b");
        _upstream.Fail(new InvalidOperationException("broken"));
        Assert.True(await StepAsync());
        Assert.Equal("b", _reader.Current.Content);
        await Assert.ThrowsAsync<InvalidOperationException>(StepAsync);
    }

    /// <summary>In steps: the reader is found to block the answer a moment after the last update has come.</summary>
    private void AdvanceUntilClosed() => Assert.True(SpinWait.SpinUntil(
        () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(60));
            return _upstream.Closed.IsCompleted;
        },
        SharedConversationBed.LongestWait));

    /// <summary>More comes than is read ahead, and the reader does not read.</summary>
    private async Task BlockAsync()
    {
        _upstream.Say("a");
        Assert.True(await StepAsync());
        for (var i = 0; i < 20; i++)
        {
            _upstream.Say(new string('b', 32 * KiB));
        }

        Assert.True(SpinWait.SpinUntil(() => _upstream.Taken >= 8, SharedConversationBed.LongestWait));
    }

    private Task<bool> StepAsync() => _reader.MoveNextAsync().AsTask().WaitAsync(SharedConversationBed.LongestWait);
}
