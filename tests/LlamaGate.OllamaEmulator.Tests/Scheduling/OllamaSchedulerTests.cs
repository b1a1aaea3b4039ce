using LlamaGate.OllamaEmulator.Scheduling;

namespace LlamaGate.OllamaEmulator.Tests.Scheduling;

/// <summary>What the recordings do not show, but the source of Ollama and measurements do.</summary>
public sealed class OllamaSchedulerTests
{
    private static readonly EmulatedModel A = SimulatedOllama.Model("a");
    private static readonly EmulatedModel B = SimulatedOllama.Model("b");
    private static readonly EmulatedModel C = SimulatedOllama.Model("c");
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Victim_OfSeveralIdle_HasTheShortestKeepAlive()
    {
        var ollama = new SimulatedOllama(new SchedulingOptions { MaxLoadedModels = 2 });
        Answer(ollama, SimulatedOllama.Work(A, 1) with { KeepAlive = KeepAliveForever });
        Answer(ollama, SimulatedOllama.Work(B, 1) with { KeepAlive = Hour });

        Answer(ollama, SimulatedOllama.Work(C, 1));

        Assert.Equal(["a", "c"], ollama.Loaded, StringComparer.Ordinal);
        Assert.Equal("b", ollama.Scheduler.Counts.Loads[^1].Evicted);
    }

    [Fact]
    public void Victim_OfEqualKeepAlive_IsTheLowestBlobNotTheLeastRecentlyUsed()
    {
        var ollama = new SimulatedOllama(new SchedulingOptions { MaxLoadedModels = 2 });
        Answer(ollama, SimulatedOllama.Work(B, 1));
        Answer(ollama, SimulatedOllama.Work(A, 1));

        Answer(ollama, SimulatedOllama.Work(C, 1));

        Assert.Equal(["b", "c"], ollama.Loaded, StringComparer.Ordinal);
    }

    [Fact]
    public void Victim_WhenOneIsBusy_IsTheIdleOneThoughItIsKeptForEver()
    {
        var ollama = new SimulatedOllama(new SchedulingOptions { MaxLoadedModels = 2 });
        Answer(ollama, SimulatedOllama.Work(B, 1) with { KeepAlive = KeepAliveForever });
        Answer(ollama, SimulatedOllama.Work(A, 1));
        ollama.Send(A, tokens: 1000);

        Answer(ollama, SimulatedOllama.Work(C, 1));

        Assert.Equal(["a", "c"], ollama.Loaded, StringComparer.Ordinal);
    }

    [Fact]
    public void Names_OfOneBlob_ShareTheRunnerUnderTheFirst()
    {
        var ollama = new SimulatedOllama(new SchedulingOptions());
        Answer(ollama, SimulatedOllama.Work(A, 1));
        Answer(ollama, SimulatedOllama.Work(SimulatedOllama.Model("alias", A.Blob), 1));

        Assert.Equal(["a"], ollama.Loaded, StringComparer.Ordinal);
        Assert.Single(ollama.Scheduler.Counts.Loads);
    }

    /// <summary>Measured with a real one: 26 to 39 loads, and 2 when the calls were sorted by model.</summary>
    [Theory]
    [InlineData(true, 26, 40)]
    [InlineData(false, 2, 2)]
    public void Loads_OfFortyCallsForTwoModels_DependOnTheirOrder(bool alternating, int least, int most)
    {
        var ollama = new SimulatedOllama(new SchedulingOptions());
        for (var i = 0; i < 40; i++)
        {
            ollama.Send((alternating ? i % 2 == 0 : i < 20) ? A : B);
        }

        ollama.RunToTheEnd();

        Assert.InRange(ollama.Scheduler.Counts.Loads.Count, least, most);
    }

    [Fact]
    public void Eviction_OfAModelThatIsAskedForAgainAndAgain_WaitsUntilThatEnds()
    {
        var ollama = new SimulatedOllama(new SchedulingOptions { Parallel = 2, TokenTime = TimeSpan.FromSeconds(1) });
        Answer(ollama, SimulatedOllama.Work(A, 1));
        ollama.Send(A);
        var other = ollama.Send(B);
        for (var i = 0; i < 20; i++)
        {
            ollama.Pass(TimeSpan.FromSeconds(5));
            ollama.Send(A);
        }

        Assert.Equal(CallStage.Pending, other.Stage);
        ollama.RunToTheEnd();
        Assert.Same(other, ollama.Answered[^1]);
    }

    /// <summary>A keep_alive of a call that gets in on the victim revives it (ollama#17408), and every other load hangs behind.</summary>
    [Fact]
    public void Eviction_OfAModelThatACallKeepsForEver_NeverEnds()
    {
        var ollama = new SimulatedOllama(new SchedulingOptions { MaxLoadedModels = 1 });
        Answer(ollama, SimulatedOllama.Work(A, 1));
        ollama.Send(A, tokens: 100);
        var other = ollama.Send(B);
        ollama.Send(SimulatedOllama.Work(A, 1) with { KeepAlive = KeepAliveForever });
        var third = ollama.Send(C);

        ollama.Pass(24 * Hour);

        Assert.Equal((CallStage.Pending, CallStage.Pending), (other.Stage, third.Stage));
        Assert.Equal(["a"], ollama.Loaded, StringComparer.Ordinal);
    }

    [Fact]
    public void Load_OfAModelWithAnAutomaticContextAskedForExplicitly_IsNotNeeded()
    {
        var ollama = new SimulatedOllama(new SchedulingOptions());
        Answer(ollama, SimulatedOllama.Work(A, 1));
        Answer(ollama, SimulatedOllama.Work(A, 1, context: A.ContextLength));
        Assert.Single(ollama.Scheduler.Counts.Loads);

        Answer(ollama, SimulatedOllama.Work(A, 1, context: 8192));
        Assert.Equal(LoadReason.Options, ollama.Scheduler.Counts.Loads[^1].Reason);
    }

    [Fact]
    public void Slots_OfAnEmbeddingModel_AreOne()
    {
        Assert.Equal(1, new EmulatedModel("e", ["embedding"]).Slots(4));
        Assert.Equal(1, new EmulatedModel("q", ["completion"]) { Family = "qwen3vl" }.Slots(4));
        Assert.Equal(4, A.Slots(4));
    }

    [Fact]
    public void Counts_OfTwoSlots_AreTheSumOfBoth()
    {
        var ollama = new SimulatedOllama(new SchedulingOptions { Parallel = 2, PromptTokensPerSecond = double.PositiveInfinity });
        ollama.Send(A, tokens: 51);
        ollama.Send(A, tokens: 101);

        ollama.RunToTheEnd();

        // 50 and 100 tokens after the first; the second call's prompt is in the step of the first call's second token.
        Assert.Equal(TimeSpan.FromMilliseconds((50 + 1 + 100) * 20), ollama.Scheduler.Counts.BusySlotTime);
        Assert.Equal(TimeSpan.FromSeconds(2), ollama.Scheduler.Counts.LoadingTime);
        Assert.Equal(new RunnerPeak(2, 2), ollama.Scheduler.Counts.Highest[A.Blob]);
    }

    [Fact]
    public void Prompt_ThatWasComputed_IsNotComputedAgainWhileItsCallRuns()
    {
        var prefix = string.Join(' ', Enumerable.Range(0, 1500));
        var ollama = new SimulatedOllama(new SchedulingOptions { Parallel = 4 });
        Answer(ollama, SimulatedOllama.Work(A, 1));
        var start = ollama.Now;
        var leader = ollama.Send(SimulatedOllama.Work(A, 10, prompt: prefix + " q0"));
        ollama.Pass(TimeSpan.FromSeconds(1.6));
        Assert.Equal(CallStage.Generating, leader.Stage);

        for (var i = 1; i < 4; i++)
        {
            ollama.Send(SimulatedOllama.Work(A, 10, prompt: $"{prefix} q{i}"));
        }

        ollama.RunToTheEnd();

        Assert.InRange((ollama.Now - start).TotalSeconds, 1.6, 2.4);
    }

    [Fact]
    public void Prompt_InFourSlotsAtOnce_IsComputedFourTimes()
    {
        var prefix = string.Join(' ', Enumerable.Range(0, 1500));
        var ollama = new SimulatedOllama(new SchedulingOptions { Parallel = 4 });
        Answer(ollama, SimulatedOllama.Work(A, 1));
        var start = ollama.Now;
        for (var i = 0; i < 4; i++)
        {
            ollama.Send(SimulatedOllama.Work(A, 10, prompt: $"{prefix} q{i}"));
        }

        ollama.RunToTheEnd();

        Assert.InRange((ollama.Now - start).TotalSeconds, 6, 6.8);
    }

    [Fact]
    public void Unload_OfABusyModel_LetsItsCallsEnd()
    {
        var ollama = new SimulatedOllama(new SchedulingOptions());
        Answer(ollama, SimulatedOllama.Work(A, 1));
        ollama.Send(A);
        ollama.Scheduler.Unload(A, ollama.Now);
        Assert.Equal(["a"], ollama.Loaded, StringComparer.Ordinal);

        ollama.RunToTheEnd();

        Assert.Empty(ollama.Loaded);
    }

    private static TimeSpan KeepAliveForever => Requests.KeepAlive.Forever;

    private static void Answer(SimulatedOllama ollama, CallWork work)
    {
        var call = ollama.Send(work);
        while (call.Stage is not CallStage.Ended)
        {
            ollama.Pass(TimeSpan.FromSeconds(1));
        }
    }
}
