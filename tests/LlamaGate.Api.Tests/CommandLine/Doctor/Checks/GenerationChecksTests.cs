using LlamaGate.Api.CommandLine.Doctor;
using LlamaGate.Api.CommandLine.Doctor.Checks;
using LlamaGate.Api.CommandLine.Doctor.Upstream;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.CommandLine.Doctor.Checks;

/// <summary>What is measured by having a model answer.</summary>
[Collection(nameof(RunsAlone))]
public sealed class GenerationChecksTests
{
    private static readonly EmulatedModel Model = new("small:1b", ["completion"]);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task FirstToken_ModelThatAnswers_IsTimed()
    {
        await using var bed = await DoctorTestBed.OpenAsync(Model);
        bed.Ollama.Enqueue(Scenario.Recorded("chat_stream"));
        var context = Prepare(bed, new SteppingClock(TimeSpan.FromMilliseconds(20)));
        context.WarmFirstToken = null;
        var finding = await DoctorTestBed.AskAsync(new FirstTokenCheck(), context);
        Assert.Equal(
            (Severity.Ok, "small:1b, when loaded, sends its first token after 20 ms."), (finding.Severity, finding.Title));
        Assert.Equal("Cold: 20 ms, of which loading took 5 ms.", finding.Detail);
        Assert.Equal(TimeSpan.FromMilliseconds(20), context.WarmFirstToken);
    }

    [Fact]
    public async Task FirstToken_ModelThatCannotBeLoaded_IsAnErrorWithOllamasWords()
    {
        await using var bed = await DoctorTestBed.OpenAsync(Model);
        bed.Ollama.Enqueue(Scenario.Fails(500, "model requires more system memory (5.6 GiB) than is available (2.1 GiB)"));
        var context = Prepare(bed);
        context.WarmFirstToken = null;
        var finding = await DoctorTestBed.AskAsync(new FirstTokenCheck(), context);
        Assert.Equal((Severity.Error, "small:1b does not answer."), (finding.Severity, finding.Title));
        Assert.Equal(
            "Ollama answered 500: model requires more system memory (5.6 GiB) than is available (2.1 GiB).", finding.Detail);
        Assert.Null(context.WarmFirstToken);
    }

    [Theory]
    [InlineData("fail-error_at-2")]
    [InlineData("fail-silent_at-2")]
    public async Task FirstToken_AnswerThatBreaks_IsAnError(string script)
    {
        await using var bed = await DoctorTestBed.OpenAsync(Model);
        bed.Ollama.Enqueue(Scenario.Parse(script));
        Assert.Equal(Severity.Error, (await DoctorTestBed.AskAsync(new FirstTokenCheck(), Prepare(bed))).Severity);
    }

    [Fact]
    public async Task FirstToken_NoToken_CouldNotTell()
    {
        await using var bed = await DoctorTestBed.OpenAsync(Model);
        bed.Ollama.Respond(request => request.Path == "/api/chat" ? Scenario.Says() : null);
        Assert.Equal(
            "Unknown: small:1b ended its answer without a token.",
            (await DoctorTestBed.AskAsync(new FirstTokenCheck(), Prepare(bed))).Title);
    }

    [Fact]
    public void FirstToken_SlowAlthoughLoaded_IsWarnedOf()
    {
        var finding = FirstTokenCheck.Judge("m", TimeSpan.FromSeconds(42), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5));
        Assert.Equal(
            (Severity.Warning, "Cold: 42.0 s, of which loading took 30.0 s."), (finding.Severity, finding.Detail));
    }

    [Fact]
    public async Task Parallelism_AnswersThatOverlap_IsSeen()
    {
        await using var bed = await DoctorTestBed.OpenAsync(Model);
        bed.Ollama.Respond(request => request.Path == "/api/chat"
            ? Scenario.Counts(48) with { Gap = TimeSpan.FromMilliseconds(10) } : null);
        var context = Prepare(bed);
        var finding = await DoctorTestBed.AskAsync(new ParallelismCheck(), context);
        Assert.Equal((Severity.Ok, true), (finding.Severity, context.IsParallel));
    }

    [Fact]
    public async Task Parallelism_OneAfterTheOther_IsSeen()
    {
        await using var bed = await DoctorTestBed.OpenAsync(Model);
        SerialOllama.Teach(bed.Ollama);
        var context = Prepare(bed);
        var finding = await DoctorTestBed.AskAsync(new ParallelismCheck(), context);
        Assert.Equal((Severity.Info, false), (finding.Severity, context.IsParallel));
        Assert.Contains("OLLAMA_NUM_PARALLEL", finding.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1000, 40, 100, 1100, 40, true)]
    [InlineData(0, 1000, 40, 1050, 2050, 40, false)]
    [InlineData(1050, 2050, 40, 0, 1000, 40, false)]
    [InlineData(0, 1000, 40, 900, 1900, 40, false)]
    [InlineData(0, 1000, 40, 600, 1600, 40, null)]
    [InlineData(0, 30, 40, 0, 30, 40, null)]
    [InlineData(0, 1000, 7, 0, 1000, 40, null)]
    [InlineData(0, 0, 0, 0, 0, 0, null)]
    public void Parallelism_Judged_ByHowMuchOverlaps(
        int begin, int end, int pieces, int otherBegin, int otherEnd, int otherPieces, bool? expected) => Assert.Equal(
        expected,
        ParallelismCheck.Judge(
            new(TimeSpan.FromMilliseconds(begin), TimeSpan.FromMilliseconds(end), pieces),
            new(TimeSpan.FromMilliseconds(otherBegin), TimeSpan.FromMilliseconds(otherEnd), otherPieces)));

    [Fact]
    public async Task Cancellation_OllamaThatStops_IsSeen()
    {
        await using var bed = await DoctorTestBed.OpenAsync(Model);
        SerialOllama.Teach(bed.Ollama);
        var finding = await DoctorTestBed.AskAsync(new CancellationCheck(), Serial(bed, new(TimeSpan.FromMilliseconds(20))));
        Assert.Equal((Severity.Ok, "Ollama stops generating when its client disconnects."), (finding.Severity, finding.Title));
        Assert.Equal(
            "After a client disconnected, small:1b answered the next request after 20 ms; the abandoned answer needed about 10.1 s more.",
            finding.Detail);
        await bed.Ollama.Requests[0].Aborted.WaitAsync(LongestWait);
    }

    [Fact]
    public async Task Cancellation_OllamaThatGoesOn_IsSeen()
    {
        await using var bed = await DoctorTestBed.OpenAsync(Model);
        SerialOllama.Teach(bed.Ollama, stopsWhenLeft: false);
        var clock = new SteppingClock(TimeSpan.FromMilliseconds(20));
        var asking = DoctorTestBed.AskAsync(new CancellationCheck(), Serial(bed, clock));
        await bed.Ollama.WaitForRequestAsync(
            request => request.Body.Contains("\"num_predict\":1}", StringComparison.Ordinal), LongestWait);
        clock.Advance(TimeSpan.FromSeconds(6));
        var finding = await asking;
        Assert.Equal((Severity.Warning, "Ollama continues to generate after its client has disconnected."), (finding.Severity, finding.Title));
        Assert.Equal("After a client disconnected, small:1b did not answer the next request within 5.0 s. If others used it meanwhile, that can be the reason.", finding.Detail);
    }

    [Fact]
    public async Task Cancellation_AnswerThatEndsByItself_CouldNotTell()
    {
        await using var bed = await DoctorTestBed.OpenAsync(Model);
        bed.Ollama.Enqueue(Scenario.Counts(5));
        var finding = await DoctorTestBed.AskAsync(new CancellationCheck(), Serial(bed, new(TimeSpan.FromMilliseconds(20))));
        Assert.StartsWith("Unknown: small:1b is too fast", finding.Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "a quick next answer proves nothing")]
    [InlineData(null, "could not determine")]
    public async Task Cancellation_OnSeveralAtOnce_CouldNotTellAndAsksNothing(bool? parallel, string reason)
    {
        await using var bed = await DoctorTestBed.OpenAsync(Model);
        var context = Prepare(bed);
        context.IsParallel = parallel;
        var finding = await DoctorTestBed.AskAsync(new CancellationCheck(), context);
        Assert.Equal(Severity.Info, finding.Severity);
        Assert.Contains(reason, finding.Title, StringComparison.Ordinal);
        Assert.Empty(bed.Ollama.Requests);
    }

    [Theory]
    [InlineData(2400, Severity.Ok)]
    [InlineData(2600, Severity.Info)]
    [InlineData(null, Severity.Warning)]
    internal void Cancellation_Judged_ByWhatTheRestWouldHaveTaken(int? next, Severity expected) => Assert.Equal(
        expected,
        CancellationCheck.Judge(
            "m", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), next is { } n ? TimeSpan.FromMilliseconds(n) : null)
            .Severity);

    private static DiagnosisContext Prepare(DoctorTestBed bed, TimeProvider? clock = null)
    {
        var context = bed.CreateContext(clock: clock);
        context.OllamaAnswers = true;
        context.Model = new InstalledModel(Model.Name, Model.Size, RemoteHost: null, Capabilities: null);
        context.WarmFirstToken = TimeSpan.FromMilliseconds(20);
        return context;
    }

    private static DiagnosisContext Serial(DoctorTestBed bed, SteppingClock clock)
    {
        var context = Prepare(bed, clock);
        context.IsParallel = false;
        return context;
    }
}
