using LlamaGate.OllamaEmulator.Models;

namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>A model's blob in memory, with the calls that are in it.</summary>
/// <param name="model">The name by which it was loaded first, which /api/ps shows.</param>
/// <param name="needs">How it was started.</param>
/// <param name="engine">Its slots.</param>
/// <param name="keepAlive">How long it stays when idle, until a call says otherwise.</param>
internal sealed class Runner(EmulatedModel model, RunnerNeeds needs, Engine engine, TimeSpan keepAlive)
{
    public EmulatedModel Model { get; } = model;

    public RunnerNeeds Needs { get; } = needs;

    public Engine Engine { get; } = engine;

    /// <summary>How long it stays when it gets idle. An eviction and an unload set 0, and a call may set it anew.</summary>
    public TimeSpan KeepAlive { get; private set; } = keepAlive;

    /// <summary>Set when it gets idle and not moved by a call that runs; null until the first call has ended.</summary>
    public TimeSpan? Expires { get; private set; }

    /// <summary>The process was killed. Ollama notices with the next call that wants it.</summary>
    public bool IsDead { get; private set; }

    public bool IsIdle => Engine.Running + Engine.Waiting == 0;

    public bool Serves(CallWork work) => !IsDead && work.Needs.AreMetBy(Needs);

    public TimeSpan ExpiresAsShown(TimeSpan now) => Expires ?? now + KeepAlive;

    public void Enter(RunnerCall call, TimeSpan now)
    {
        KeepAlive = call.Work.KeepAlive ?? KeepAlive;
        call.Ready = now;
        call.Runner = this;
        if (call.Work.OnlyLoads)
        {
            call.Stage = CallStage.Made;
            call.Changed?.Invoke();
            MarkIdle(now);
            return;
        }

        Engine.Enter(call, now);
    }

    /// <summary>The call is answered or has left.</summary>
    public void Remove(RunnerCall call, TimeSpan now)
    {
        if (call.Work.OnlyLoads)
        {
            call.Stage = CallStage.Ended;
            return;
        }

        Engine.Remove(call, now);
        MarkIdle(now);
    }

    public void EndStep(TimeSpan now)
    {
        Engine.EndStep();
        MarkIdle(now);
    }

    /// <summary>It goes as soon as it is idle.</summary>
    public void Dismiss(TimeSpan? now = null)
    {
        KeepAlive = TimeSpan.Zero;
        Expires = now ?? Expires;
    }

    public void Kill(TimeSpan now)
    {
        var wasIdle = IsIdle;
        IsDead = true;
        Engine.Kill(now);
        if (!wasIdle)
        {
            // Nobody ends the calls whose clients have left.
            MarkIdle(now);
        }
    }

    private void MarkIdle(TimeSpan now)
    {
        if (IsIdle)
        {
            Expires = now + KeepAlive;
        }
    }
}
