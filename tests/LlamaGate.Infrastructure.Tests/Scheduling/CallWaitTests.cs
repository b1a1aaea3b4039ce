using LlamaGate.Infrastructure.Scheduling;

namespace LlamaGate.Infrastructure.Tests.Scheduling;

public sealed class CallWaitTests
{
    [Fact]
    public void Total_AfterFailures_HasEachSecondOnce()
    {
        var wait = default(CallWait);
        Assert.Equal(Seconds(2), wait.Total(Seconds(2)));
        wait.NoteFailure(queued: Seconds(2), held: Seconds(1));
        Assert.Equal((Seconds(3), Seconds(8)), (wait.Earlier, wait.Total(Seconds(7))));
        wait.NoteFailure(queued: Seconds(7), held: Seconds(4));

        Assert.Equal((Seconds(12), Seconds(5), Seconds(13)), (wait.Earlier, wait.Failed, wait.Total(Seconds(8))));
    }

    [Fact]
    public void Total_OfACallThatArrivesAnew_KeepsItsWait()
    {
        var wait = default(CallWait);
        wait.NoteNewArrival(Seconds(5));
        wait.NoteNewArrival(Seconds(1));
        Assert.Equal((Seconds(9), TimeSpan.Zero), (wait.Total(Seconds(3)), wait.Earlier));
        wait.NoteFailure(queued: Seconds(3), held: Seconds(2));
        wait.NoteNewArrival(TimeSpan.Zero);

        Assert.Equal((Seconds(11), Seconds(15)), (wait.Earlier, wait.Total(Seconds(4))));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
