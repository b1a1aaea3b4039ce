namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>
/// Wakes those who wait for a condition. Take <see cref="Next"/> first, then look at the condition: a change in between is not missed.
/// </summary>
internal sealed class Pulse
{
    private TaskCompletionSource _next = New();

    public Task Next => Volatile.Read(ref _next).Task;

    public void Beat() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
