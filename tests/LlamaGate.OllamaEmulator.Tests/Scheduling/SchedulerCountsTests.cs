using LlamaGate.OllamaEmulator.Scheduling;

namespace LlamaGate.OllamaEmulator.Tests.Scheduling;

/// <summary>A word of the prompt takes 1 ms and a token 20 ms; the step that computes the prompt makes the first token.</summary>
public sealed class SchedulerCountsTests
{
    private static readonly EmulatedModel A = SimulatedOllama.Model("a");
    private static readonly EmulatedModel B = SimulatedOllama.Model("b");
    private static readonly SchedulingOptions AtOnce = new() { LoadTime = TimeSpan.Zero };

    [Fact]
    public void Callers_OfTwoThatShareARunner_HaveTheirOwnSlotTime()
    {
        var ollama = new SimulatedOllama(AtOnce);

        ollama.Send(Work(A, 11, "caller=ann hello"));
        ollama.Send(Work(A, 31, "hello you caller=bob"));
        ollama.Send(Work(A, 1, "hello"));
        ollama.RunToTheEnd();

        var callers = ollama.Scheduler.Counts.Callers;
        Assert.Equal(new CallerUse(1, 1, Milliseconds(202), Milliseconds(202)), callers["ann"]);
        Assert.Equal(new CallerUse(1, 1, Milliseconds(603), Milliseconds(603)), callers["bob"]);
        Assert.Equal(1, callers[string.Empty].Answered);
        Assert.Equal(ollama.Scheduler.Counts.BusySlotTime, callers.Values.Aggregate(TimeSpan.Zero, (sum, use) => sum + use.SlotTime));
    }

    [Fact]
    public void Callers_OfOneThatLeaves_AreChargedForTheSlotAndNotAnswered()
    {
        var ollama = new SimulatedOllama(AtOnce);
        var call = ollama.Send(Work(A, 100, "caller=ann"));

        ollama.Pass(Milliseconds(50));
        ollama.Leave(call);
        ollama.Pass(Milliseconds(50));

        var use = ollama.Scheduler.Counts.Callers["ann"];
        Assert.Equal((1, 0, Milliseconds(50)), (use.Ended, use.Answered, use.SlotTime));
    }

    [Fact]
    public void Gaps_OfASlotThatIsTakenLater_LastUntilTheCallArrives()
    {
        var ollama = new SimulatedOllama(AtOnce);
        ollama.Send(A, tokens: 5);
        ollama.RunToTheEnd();

        ollama.Pass(Milliseconds(7));
        ollama.Send(A, tokens: 5);

        Assert.Equal((1, Milliseconds(7)), (ollama.Scheduler.Counts.Slots.Gaps, ollama.Scheduler.Counts.Slots.GapP95));
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(-1, 0)]
    public void Gaps_OfACallThatIsReadBeforeItIsSubmitted_EndWhenItsRequestHadCome(int received, int gap)
    {
        var ollama = new SimulatedOllama(AtOnce);
        ollama.Send(A, tokens: 5);
        ollama.RunToTheEnd();
        var freed = ollama.Now;

        ollama.Pass(Milliseconds(7));
        ollama.Send(SimulatedOllama.Work(A, tokens: 5), received: freed + Milliseconds(received));

        Assert.Equal((1, Milliseconds(gap)), (ollama.Scheduler.Counts.Slots.Gaps, ollama.Scheduler.Counts.Slots.GapP95));
    }

    [Fact]
    public void Gaps_OfASlotForWhichACallWaits_AreZero()
    {
        var ollama = new SimulatedOllama(AtOnce);

        ollama.Send(A, tokens: 5);
        ollama.Send(A, tokens: 5);
        ollama.RunToTheEnd();

        var slots = ollama.Scheduler.Counts.Slots;
        Assert.Equal((1, TimeSpan.Zero), (slots.Gaps, slots.GapP95));
        Assert.Equal(Milliseconds(81), slots.WaitingInside);
        Assert.Equal(slots.WaitingInside, slots.Waiting);
        Assert.Equal(TimeSpan.Zero, slots.FreeWhileWaiting);
    }

    [Fact]
    public void Slots_WhileACallWaitsForAnotherModel_AreFreeInVain()
    {
        var ollama = new SimulatedOllama(AtOnce with { Parallel = 4 });
        ollama.Send(Work(A, 101, "hello"));
        ollama.Send(Work(B, 1, "hello"));

        ollama.RunToTheEnd();

        var slots = ollama.Scheduler.Counts.Slots;
        Assert.Equal(Milliseconds(2001), slots.Waiting);
        Assert.Equal(TimeSpan.Zero, slots.WaitingInside);
        Assert.Equal(3 * Milliseconds(2001), slots.FreeWhileWaiting);
    }

    [Fact]
    public void Clear_WhileACallRuns_CountsFromThenOn()
    {
        var ollama = new SimulatedOllama(AtOnce);
        ollama.Send(Work(A, 11, "caller=ann hello"));
        ollama.Pass(Milliseconds(102));

        ollama.Scheduler.Counts.Clear();
        ollama.RunToTheEnd();

        var counts = ollama.Scheduler.Counts;
        Assert.Empty(counts.Loads);
        Assert.Equal((Milliseconds(100), Milliseconds(100)), (counts.BusySlotTime, counts.Slots.Elapsed));
        Assert.Equal((1, Milliseconds(100)), (counts.Callers["ann"].Answered, counts.Callers["ann"].SlotTime));
        Assert.Equal(new RunnerPeak(1, 1), counts.Highest[A.Blob]);
    }

    [Theory]
    [InlineData(0.5, 5)]
    [InlineData(0.95, 10)]
    [InlineData(0, 1)]
    public void Quantile_OfTenGaps_IsTheNearestRank(double share, int milliseconds)
    {
        var gaps = new SlotGaps();
        foreach (var gap in Enumerable.Range(1, 10).Reverse())
        {
            gaps.Add(Milliseconds(gap));
        }

        Assert.Equal(Milliseconds(milliseconds), gaps.Quantile(share));
    }

    private static CallWork Work(EmulatedModel model, int tokens, string prompt) => SimulatedOllama.Work(model, tokens, prompt: prompt);

    private static TimeSpan Milliseconds(double count) => TimeSpan.FromMilliseconds(count);
}
