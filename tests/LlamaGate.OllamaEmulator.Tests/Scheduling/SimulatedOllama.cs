using LlamaGate.OllamaEmulator.Models;
using LlamaGate.OllamaEmulator.Scheduling;

namespace LlamaGate.OllamaEmulator.Tests.Scheduling;

/// <summary>The scheduler alone, in a time that only the test moves. Answers are taken as soon as they are made.</summary>
internal sealed class SimulatedOllama(SchedulingOptions options)
{
    private readonly List<RunnerCall> _open = [];

    public OllamaScheduler Scheduler { get; } = new(options);

    public TimeSpan Now { get; private set; }

    /// <summary>Calls in the order in which they were answered.</summary>
    public List<RunnerCall> Answered { get; } = [];

    public IEnumerable<string> Loaded => Scheduler.Loaded.Select(runner => runner.Model.Name);

    public static EmulatedModel Model(string name, string? blob = null) =>
        new(name, ["completion"]) { Blob = blob ?? $"sha256-{name}", ContextLength = 4096 };

    public static CallWork Work(EmulatedModel model, int tokens, int? context = null, string prompt = "hello") => new(
        model,
        new RunnerNeeds(context ?? model.ContextLength, Shifts: true, Layers: null, Others: string.Empty),
        prompt.Split(' '),
        tokens);

    public RunnerCall Send(EmulatedModel model, int tokens = 10) => Send(Work(model, tokens));

    public RunnerCall Send(CallWork work, TimeSpan? received = null)
    {
        var call = new RunnerCall(work) { Received = received };
        _open.Add(call);
        Scheduler.Submit(call, Now);
        Take();
        return call;
    }

    public void Leave(RunnerCall call)
    {
        _open.Remove(call);
        Scheduler.End(call, Now);
        Take();
    }

    public void Pass(TimeSpan time)
    {
        var end = Now + time;
        while (Scheduler.NextDue is { } due && due <= end)
        {
            Step(due);
        }

        Step(end);
    }

    /// <summary>Until all calls are answered; fails when nothing happens any more.</summary>
    public void RunToTheEnd()
    {
        while (_open.Count > 0)
        {
            Step(Scheduler.NextDue ?? throw new InvalidOperationException($"{_open.Count} calls hang."));
        }
    }

    private void Step(TimeSpan now)
    {
        Now = now;
        Scheduler.Advance(now);
        Take();
    }

    private void Take()
    {
        while (_open.Find(call => call.Stage is CallStage.Made) is { } made)
        {
            _open.Remove(made);
            Answered.Add(made);
            Scheduler.End(made, Now);
        }
    }
}
