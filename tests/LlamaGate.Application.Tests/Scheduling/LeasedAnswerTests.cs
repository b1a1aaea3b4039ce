using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Scheduling;
using Moq;

namespace LlamaGate.Application.Tests.Scheduling;

public sealed class LeasedAnswerTests
{
    private readonly Mock<IUpstreamAnswer> _answer = new();
    private readonly Mock<ISlotLease> _lease = new();

    [Fact]
    public async Task Lines_ThatAreRead_AreReportedInSteps()
    {
        using var leased = new LeasedAnswer(_answer.Object, _lease.Object);
        for (var i = 0; i < 150; i++)
        {
            await leased.ReadLineAsync(CancellationToken.None);
        }

        Assert.Equal([64, 128], _lease.Invocations.SelectMany(invocation => invocation.Arguments).Cast<int>());
        _lease.Verify(lease => lease.NoteMove(), Times.Exactly(150));
        _answer.Verify(answer => answer.ReadLineAsync(CancellationToken.None), Times.Exactly(150));
    }

    /// <summary>The rest of the body may take a second; nobody waits that long for the slot.</summary>
    [Fact]
    public async Task Complete_OfTheLastLine_FreesTheSlotFirst()
    {
        var end = new UpstreamEnd(Usage: null, Timings: null);
        var order = new List<string>();
        _lease.Setup(lease => lease.Complete(end)).Callback(() => order.Add("slot"));
        _answer.Setup(answer => answer.CompleteAsync(end)).Callback(() => order.Add("rest"));
        using var leased = new LeasedAnswer(_answer.Object, _lease.Object);

        await leased.CompleteAsync(end);

        Assert.Equal(["slot", "rest"], order);
    }

    [Fact]
    public void Dispose_BeforeTheLastLine_EndsTheCallBeforeTheSlot()
    {
        var order = new List<string>();
        _answer.Setup(answer => answer.Dispose()).Callback(() => order.Add("call"));
        _lease.Setup(lease => lease.Dispose()).Callback(() => order.Add("slot"));

        new LeasedAnswer(_answer.Object, _lease.Object).Dispose();

        Assert.Equal(["call", "slot"], order);
    }
}
