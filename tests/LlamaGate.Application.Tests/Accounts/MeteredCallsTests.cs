using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Accounts;
using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace LlamaGate.Application.Tests.Accounts;

public sealed class MeteredCallsTests
{
    private static readonly RequestContext Context = new("id", new Caller("anna", new CallerPolicy(1)));
    private static readonly UpstreamCall Chat = new(UpstreamEndpoint.Chat, Context) { Model = "Llama3.2:latest" };

    private static readonly UpstreamEnd End = new(
        new TokenUsage(7, 5), new GenerationTimings(Seconds(0.2), Seconds(1), Seconds(2)));

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_703_123_456));
    private readonly RecordList _records = [];
    private readonly Mock<IUpstreamCalls> _sender = new(MockBehavior.Strict);
    private readonly Mock<IUpstreamAnswer> _answer = new();
    private readonly UsageMeter _meter;
    private readonly MeteredCalls _calls;

    public MeteredCallsTests()
    {
        _answer.SetupProperty(answer => answer.Failure);
        _meter = new UsageMeter([_records], new UsageEstimates(Mock.Of<ITokenRatios>(ratios => ratios.BytesPerToken(It.IsAny<string>()) == 4)), _time);
        _calls = new MeteredCalls(_sender.Object, _meter, "gpu1");
        _sender.Setup(sender => sender.StartAsync(It.IsAny<UpstreamCall>(), It.IsAny<CancellationToken>()))
            .Callback(() => Pass(1)).ReturnsAsync(_answer.Object);
    }

    [Fact]
    public async Task Complete_OfAChat_RecordsWhatItUsed()
    {
        using (var answer = await _calls.StartAsync(Chat, CancellationToken.None))
        {
            Pass(2.5);
            await answer.CompleteAsync(End);
        }

        var record = Assert.Single(_records);
        Assert.Equal(("anna", "llama3.2", "gpu1", null), (record.KeyId, record.Model, record.Host, record.User));
        Assert.Equal((UsageKind.Call, UsageOperation.Chat, UsageOutcome.Completed), (record.Kind, record.Operation, record.Outcome));
        Assert.Equal((7L, 5L), (record.TokensIn, record.TokensOut));
        Assert.Equal((TimeSpan.Zero, Seconds(1), Seconds(2)), (record.Load, record.Prompt, record.Eval));
        Assert.Equal((Seconds(3.5), Seconds(3.5), Seconds(1)), (record.Held, record.Device, record.FirstChunk));
        Assert.Equal(_time.GetUtcNow(), record.EndedAt);
    }

    [Fact]
    public async Task Complete_OfTwoCalls_GivesEachItsOwnId()
    {
        for (var i = 0; i < 2; i++)
        {
            using var answer = await _calls.StartAsync(Chat, CancellationToken.None);
            await answer.CompleteAsync(End);
        }

        Assert.Equal(2, _records.Select(record => record.Id).Distinct().Count());
    }

    /// <summary>Ollama's old endpoint for embeddings has no counts.</summary>
    [Fact]
    public async Task Complete_WithoutCounts_CountsTheEstimateOfThePrompt()
    {
        var call = Chat with { Demand = new CallDemand { TextBytes = 41 } };
        using (var answer = await _calls.StartAsync(call, CancellationToken.None))
        {
            await answer.CompleteAsync(new UpstreamEnd(Usage: null, Timings: null));
        }

        using (await _calls.StartAsync(call, CancellationToken.None))
        {
            // It ends before its last line.
        }

        Assert.Equal([11L, 0L], _records.Select(record => record.TokensIn));
    }

    [Theory]
    [InlineData(1.0, 0.0)]
    [InlineData(1.1, 1.1)]
    public async Task Complete_OfACallThatLoaded_CountsALoadOverASecond(double reported, double counted)
    {
        using var answer = await _calls.StartAsync(Chat, CancellationToken.None);
        await answer.CompleteAsync(End with { Timings = new GenerationTimings(Seconds(reported), Seconds(1), Seconds(2)) });
        Assert.Equal(Seconds(counted), Assert.Single(_records).Load);
    }

    [Fact]
    public async Task Complete_OfACallThatWaitedForALoad_CountsItsPartOfItAlone()
    {
        var route = new UpstreamRoute("gpu1", Seconds(9)) { LoadShare = Seconds(3) };
        using var answer = await _calls.StartAsync(Chat with { Route = route }, CancellationToken.None);
        await answer.CompleteAsync(End with { Timings = new GenerationTimings(Seconds(8), Seconds(1), Seconds(2)) });
        var record = Assert.Single(_records);
        Assert.Equal((Seconds(9), Seconds(3), Seconds(6)), (record.Waited, record.Load, record.GpuTime));
    }

    [Fact]
    public async Task Complete_WithoutTimes_CountsTheTimeHeld()
    {
        using var answer = await _calls.StartAsync(Chat with { Endpoint = UpstreamEndpoint.Embeddings }, CancellationToken.None);
        await answer.CompleteAsync(new UpstreamEnd(Usage: null, Timings: null));
        var record = Assert.Single(_records);
        Assert.Equal((UsageOperation.Embeddings, UsageOutcome.Completed, Seconds(1)), (record.Operation, record.Outcome, record.Eval));
    }

    [Fact]
    public async Task Dispose_BeforeTheLastLine_IsACancelledCallThatCostsTheTimeHeld()
    {
        var answer = await _calls.StartAsync(Chat, CancellationToken.None);
        Pass(4);
        answer.Dispose();
        var record = Assert.Single(_records);
        Assert.Equal((UsageOutcome.Cancelled, null, Seconds(5)), (record.Outcome, record.Error, record.GpuTime));
    }

    [Fact]
    public async Task Dispose_OfAnAnswerThatBrokeOff_IsAFailedCallThatCostsTheTimeHeld()
    {
        var answer = await _calls.StartAsync(Chat, CancellationToken.None);
        answer.Failure = GatewayError.UpstreamIncomplete;
        answer.Dispose();
        var record = Assert.Single(_records);
        Assert.Equal((UsageOutcome.Failed, GatewayError.UpstreamIncomplete, Seconds(1)), (record.Outcome, record.Error, record.GpuTime));
    }

    [Fact]
    public async Task Start_ThatFails_IsAFailedCallWithoutCost()
    {
        Throws(new GatewayException(GatewayError.UpstreamUnreachable, "gone"));
        await Assert.ThrowsAsync<GatewayException>(() => _calls.StartAsync(Chat, CancellationToken.None));
        var record = Assert.Single(_records);
        Assert.Equal((UsageOutcome.Failed, GatewayError.UpstreamUnreachable), (record.Outcome, record.Error));
        Assert.Equal((TimeSpan.Zero, Seconds(1), null), (record.GpuTime, record.Held, record.FirstChunk));
    }

    [Fact]
    public async Task Start_WhoseCallerLeft_IsACancelledCallThatCostsTheTimeHeld()
    {
        Throws(new OperationCanceledException());
        await Assert.ThrowsAsync<OperationCanceledException>(() => _calls.StartAsync(Chat, CancellationToken.None));
        var record = Assert.Single(_records);
        Assert.Equal((UsageOutcome.Cancelled, Seconds(1)), (record.Outcome, record.GpuTime));
    }

    [Theory]
    [InlineData(GatewayError.ModelNotFound, false)]
    [InlineData(GatewayError.UpstreamUnreachable, true)]
    public async Task Start_OfACallForNoModelOrToNoHost_IsNotRecorded(GatewayError error, bool isUnsent)
    {
        Throws(new GatewayException(error, "none") { IsUnsent = isUnsent });
        await Assert.ThrowsAsync<GatewayException>(() => _calls.StartAsync(Chat, CancellationToken.None));
        Assert.Empty(_records);
        Assert.Equal(TimeSpan.Zero, _meter.ClockOf("gpu1").End(_meter.ClockOf("gpu1").Begin()));
    }

    [Fact]
    public async Task Start_OfACallThatWorksOnNoModel_IsNotMeasured() =>
        Assert.Same(_answer.Object, await _calls.StartAsync(new UpstreamCall(UpstreamEndpoint.Tags, Context), CancellationToken.None));

    [Fact]
    public async Task Start_ByASenderThatChooses_RecordsItsLastChoice()
    {
        var seen = new Mock<IUpstreamObserver>();
        _sender.Setup(sender => sender.StartAsync(It.IsAny<UpstreamCall>(), It.IsAny<CancellationToken>()))
            .Callback((UpstreamCall call, CancellationToken _) =>
            {
                call.Context.Observer!.OnRouted(new UpstreamRoute("a", TimeSpan.Zero));
                Pass(1);
                call.Context.Observer!.OnRouted(new UpstreamRoute("b", TimeSpan.Zero));
                Pass(2);
            })
            .ReturnsAsync(_answer.Object);
        var calls = new MeteredCalls(_sender.Object, _meter, host: null);
        using var answer = await calls.StartAsync(Chat with { Context = Context with { Observer = seen.Object } }, CancellationToken.None);
        await answer.CompleteAsync(End);
        var record = Assert.Single(_records);
        Assert.Equal(("b", Seconds(3), Seconds(2)), (record.Host, record.Held, record.Device));
        seen.Verify(observer => observer.OnRouted(It.IsAny<UpstreamRoute>()), Times.Exactly(2));
    }

    [Fact]
    public async Task Complete_OfAKeyThatUsersShare_NamesTheUser()
    {
        var caller = new Caller("ui", new CallerPolicy(1) { ShareBy = ShareBy.User, UserHeader = "X-User" });
        var context = Context with { Caller = caller, Principal = Principal.Of(caller, "bob") };
        using var answer = await _calls.StartAsync(Chat with { Context = context }, CancellationToken.None);
        await answer.CompleteAsync(End);
        Assert.Equal(("ui", "bob"), (_records[0].KeyId, _records[0].User));
    }

    [Fact]
    public async Task Complete_OfAKeyThatAddressesShare_NamesNoAddress()
    {
        var caller = new Caller("default", new CallerPolicy(1) { ShareBy = ShareBy.Address });
        var context = Context with { Caller = caller, Principal = Principal.Of(caller, "192.0.2.7") };
        using var answer = await _calls.StartAsync(Chat with { Context = context }, CancellationToken.None);
        await answer.CompleteAsync(End);
        Assert.Equal(("default", null), (_records[0].KeyId, _records[0].User));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private void Pass(double seconds) => _time.Advance(Seconds(seconds));

    private void Throws(Exception exception) => _sender
        .Setup(sender => sender.StartAsync(It.IsAny<UpstreamCall>(), It.IsAny<CancellationToken>()))
        .Callback(() => Pass(1)).ThrowsAsync(exception);
}
