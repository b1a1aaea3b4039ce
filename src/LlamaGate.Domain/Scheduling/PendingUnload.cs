namespace LlamaGate.Domain.Scheduling;

/// <summary>An unload that an operator wants, from the closing of the gate to its end.</summary>
internal sealed class PendingUnload(long id, Runner runner)
{
    public long Id => id;

    public Runner Runner => runner;

    /// <summary>Whether the runtime was instructed to unload.</summary>
    public bool IsSent { get; set; }
}
