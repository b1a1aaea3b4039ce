using CsCheck;
using LlamaGate.OllamaEmulator.Scheduling;

namespace LlamaGate.OllamaEmulator.Tests.Scheduling;

/// <summary>What holds whatever comes: calls for three models with several contexts, times that pass, clients that leave.</summary>
public sealed class OllamaSchedulerProperties
{
    private static readonly EmulatedModel[] Models =
        [SimulatedOllama.Model("a"), SimulatedOllama.Model("b"), SimulatedOllama.Model("c")];

    private static readonly Gen<Happening> Happenings = Gen.Select(
        Gen.Int[0, 5], Gen.Int[0, 2], Gen.Int[1, 30], Gen.Int[0, 2000], (kind, model, size, ms) => new Happening(kind, model, size, ms));

    private static readonly Gen<SchedulingOptions> Options = Gen.Select(
        Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 40], (parallel, loaded, queue) => new SchedulingOptions
        {
            Parallel = parallel,
            MaxLoadedModels = loaded,
            MaxQueue = queue,
            BatchTokens = 8,
            PromptTokensPerSecond = 100,
        });

    [Fact]
    public void Calls_OfAnyKind_AllEndAndTheLimitsHold() => Gen.Select(Options, Happenings.Array[1, 60]).Sample((options, happenings) =>
    {
        var ollama = new SimulatedOllama(options);
        var sent = new List<RunnerCall>();
        foreach (var happening in happenings)
        {
            Let(ollama, happening, sent);
            Assert.True(ollama.Scheduler.Loaded.Count <= options.MaxLoadedModels);
            Assert.All(ollama.Scheduler.Loaded, runner => Assert.InRange(runner.Engine.Running, 0, options.Parallel));
            Assert.All(ollama.Scheduler.Loaded, runner =>
                Assert.True(runner.IsDead || runner.Engine.Waiting == 0 || runner.Engine.Running == runner.Engine.Slots));
        }

        ollama.RunToTheEnd();
        // A call that has left while its prompt is read ends with the batch.
        ollama.Pass(TimeSpan.FromSeconds(1));

        Assert.All(sent, call => Assert.Equal(CallStage.Ended, call.Stage));
        Assert.Equal(0, ollama.Scheduler.Pending);
        Assert.True(ollama.Scheduler.Counts.LoadingTime <= ollama.Scheduler.Counts.Loads.Count * options.LoadTime);
    });

    [Fact]
    public void Calls_OfALoadedModel_AreServedInTheOrderOfTheirArrival() =>
        Gen.Select(Options, Gen.Int[1, 30].Array[1, 20]).Sample((options, sizes) =>
        {
            var ollama = new SimulatedOllama(options);
            ollama.Send(Models[0], 1);
            ollama.RunToTheEnd();

            var calls = sizes.Select(tokens => ollama.Send(Models[0], tokens)).ToArray();
            ollama.RunToTheEnd();

            Assert.Equal(calls.OrderBy(call => call.PromptStarted), calls);
        });

    private static void Let(SimulatedOllama ollama, Happening happening, List<RunnerCall> sent)
    {
        var model = Models[happening.Model];
        switch (happening.Kind)
        {
            case 0:
                ollama.Pass(TimeSpan.FromMilliseconds(happening.Milliseconds));
                return;
            case 1 when sent.FindAll(call => call.Stage is not CallStage.Ended) is { Count: > 0 } open:
                ollama.Leave(open[happening.Size % open.Count]);
                return;
            case 2 when happening.Size > 28:
                ollama.Scheduler.Kill(model, ollama.Now);
                ollama.Pass(TimeSpan.Zero);
                return;
            case 3:
                sent.Add(ollama.Send(SimulatedOllama.Work(model, happening.Size, context: 8192)));
                return;
            default:
                var prompt = string.Join(' ', Enumerable.Range(0, happening.Size));
                sent.Add(ollama.Send(SimulatedOllama.Work(model, happening.Size, prompt: prompt)));
                return;
        }
    }

    private sealed record Happening(int Kind, int Model, int Size, int Milliseconds);
}
