using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>A call in the scheduler. All times are on the scheduler's clock; only the scheduler changes it.</summary>
internal sealed class RunnerCall(CallWork work)
{
    public CallWork Work { get; } = work;

    /// <summary>Who sent it; empty for those without a name.</summary>
    public string Caller { get; } = work.Caller ?? string.Empty;

    public CallStage Stage { get; set; }

    public CallFailure Failure { get; set; }

    /// <summary>The client hung up, and what the runner was doing for him is not over yet.</summary>
    public bool HasLeft { get; set; }

    /// <summary>The runner that it is in.</summary>
    public Runner? Runner { get; set; }

    /// <summary>Words of the prompt still to compute.</summary>
    public int PromptLeft { get; set; }

    public int Produced { get; set; }

    public TimeSpan Arrived { get; set; }

    /// <summary>When its request had been read, before this program looked into it; null: when it arrived.</summary>
    public TimeSpan? Received { get; set; }

    /// <summary>When the runner was there: load_duration ends.</summary>
    public TimeSpan? Ready { get; set; }

    public TimeSpan? PromptStarted { get; set; }

    public TimeSpan? FirstToken { get; set; }

    public TimeSpan? LastToken { get; set; }

    public bool IsInSlot => Stage is CallStage.Prompt or CallStage.Generating or CallStage.Made;

    /// <summary>Called after each change, under the scheduler's lock.</summary>
    public Action? Changed { get; set; }

    /// <summary>What the closing line reports: the wait for a slot is in the total alone.</summary>
    public Durations DurationsAt(TimeSpan now) => new(
        Durations.Nanoseconds(now - Arrived),
        Durations.Nanoseconds((Ready ?? now) - Arrived),
        Durations.Nanoseconds((FirstToken ?? now) - (PromptStarted ?? now)),
        Durations.Nanoseconds((LastToken ?? now) - (FirstToken ?? now)));

    public void Fail(CallFailure failure)
    {
        Failure = failure;
        Stage = CallStage.Made;
        Changed?.Invoke();
    }
}
