using Orleans;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>Something that happened at a gateway. Which members are set depends on the kind.</summary>
[GenerateSerializer, Immutable, Alias("llamagate.event")]
internal sealed record ReplicaEvent
{
    [Id(0)]
    public required ReplicaEventKind Kind { get; init; }

    /// <summary>The call's number at its gateway.</summary>
    [Id(1)]
    public long Call { get; init; }

    [Id(2)]
    public CallMessage? Arrived { get; init; }

    [Id(3)]
    public HistoryMessage? History { get; init; }

    [Id(4)]
    public EndMessage? End { get; init; }

    /// <summary>Generated so far.</summary>
    [Id(5)]
    public int Tokens { get; init; }

    /// <summary>See the kind.</summary>
    [Id(6)]
    public bool Flag { get; init; }

    [Id(7)]
    public PrincipalMessage? Principal { get; init; }

    [Id(8)]
    public double Counter { get; init; }

    [Id(9)]
    public double VirtualTime { get; init; }

    [Id(10)]
    public TimeSpan Within { get; init; }

    [Id(11)]
    public LearnedMessage? Learned { get; init; }
}

/// <summary>What happened at a gateway. The numbers are sent: they never change.</summary>
internal enum ReplicaEventKind
{
    /// <summary>A call arrives (<see cref="ReplicaEvent.Arrived"/>).</summary>
    Arrive = 0,

    /// <summary>Its client has left. Flag: the call was sent to its host.</summary>
    Leave = 1,

    /// <summary>Its first token has come.</summary>
    FirstToken = 2,

    /// <summary>It has generated more (<see cref="ReplicaEvent.Tokens"/>).</summary>
    Tokens = 3,

    /// <summary>It has ended (<see cref="ReplicaEvent.End"/>).</summary>
    End = 4,

    /// <summary>It failed before its first byte. Flag: it may be sent to the same host again.</summary>
    Return = 5,

    /// <summary>It has been silent for long (flag), or moves again.</summary>
    Silent = 6,

    /// <summary>The gateway shuts down (<see cref="ReplicaEvent.Within"/>).</summary>
    Drain = 7,

    /// <summary>What an earlier scheduler has told about a principal.</summary>
    Restore = 8,

    /// <summary>A call that an earlier scheduler has accepted (<see cref="ReplicaEvent.Arrived"/>, <see cref="ReplicaEvent.History"/>).</summary>
    Adopt = 9,

    /// <summary>All of that has been said.</summary>
    Announced = 10,

    /// <summary>What an earlier scheduler has learned about a model (<see cref="ReplicaEvent.Learned"/>).</summary>
    Learned = 11,
}
