using LlamaGate.Domain.Scheduling;
using Orleans;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>What the scheduler has decided about a call of a gateway. Which members are set depends on the kind.</summary>
[GenerateSerializer, Immutable, Alias("llamagate.decision")]
internal sealed record ReplicaDecision
{
    [Id(0)]
    public required ReplicaDecisionKind Kind { get; init; }

    /// <summary>The call's number at its gateway.</summary>
    [Id(1)]
    public required long Call { get; init; }

    /// <summary>The call's number in the scheduler.</summary>
    [Id(2)]
    public long Ticket { get; init; }

    [Id(3)]
    public string? Host { get; init; }

    [Id(4)]
    public int? Context { get; init; }

    /// <summary>At its arrival.</summary>
    [Id(5)]
    public int Position { get; init; }

    [Id(6)]
    public TimeSpan Waited { get; init; }

    [Id(7)]
    public TimeSpan Loading { get; init; }

    [Id(8)]
    public TimeSpan LoadShare { get; init; }

    [Id(9)]
    public TimeSpan? Expected { get; init; }

    [Id(10)]
    public double Cost { get; init; }

    [Id(11)]
    public bool IsTrial { get; init; }

    [Id(12)]
    public int Attempts { get; init; }

    [Id(13)]
    public double Counter { get; init; }

    [Id(14)]
    public double VirtualTime { get; init; }

    [Id(15)]
    public RefusalReason Reason { get; init; }

    [Id(16)]
    public TimeSpan RetryAfter { get; init; }

    /// <summary>See <see cref="Refusal.Cause"/>.</summary>
    [Id(17)]
    public FailureMessage? Cause { get; init; }

    /// <summary>See <see cref="Refusal.Wait"/>.</summary>
    [Id(18)]
    public TimeSpan? Wait { get; init; }
}

/// <summary>What was decided about a call. The numbers are sent: they never change.</summary>
internal enum ReplicaDecisionKind
{
    /// <summary>It has a slot.</summary>
    Granted = 0,

    /// <summary>It waits.</summary>
    Queued = 1,

    /// <summary>It gets no slot.</summary>
    Refused = 2,

    /// <summary>It failed, and no other host is left for it.</summary>
    Lost = 3,

    /// <summary>An administrator ends it.</summary>
    Broken = 4,
}
