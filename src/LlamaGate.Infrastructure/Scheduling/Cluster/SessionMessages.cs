using Orleans;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>Events of a gateway, in their order. A repeated message changes nothing.</summary>
[GenerateSerializer, Immutable, Alias("llamagate.events")]
internal sealed record SessionEvents
{
    [Id(0)]
    public required Guid Session { get; init; }

    /// <summary>The number of the first event; those of a session begin with 1.</summary>
    [Id(1)]
    public required long First { get; init; }

    [Id(2)]
    public required ReplicaEvent[] Events { get; init; }

    /// <summary>The number of the last decision that was carried out.</summary>
    [Id(3)]
    public required long Acknowledged { get; init; }
}

/// <summary>A gateway asks for decisions, and waits for them for a while.</summary>
[GenerateSerializer, Immutable, Alias("llamagate.poll")]
internal sealed record SessionPoll
{
    [Id(0)]
    public required Guid Session { get; init; }

    /// <summary>The number of the last decision that was carried out.</summary>
    [Id(1)]
    public required long Acknowledged { get; init; }
}

/// <summary>What a gateway is answered. Decisions are repeated until they are acknowledged.</summary>
[GenerateSerializer, Immutable, Alias("llamagate.reply")]
internal sealed record SessionReply
{
    /// <summary>The session has ended, or is of another scheduler.</summary>
    public static SessionReply Unknown { get; } = new() { IsUnknown = true };

    [Id(0)]
    public bool IsUnknown { get; init; }

    /// <summary>The number of the first decision.</summary>
    [Id(1)]
    public long First { get; init; }

    [Id(2)]
    public ReplicaDecision[] Decisions { get; init; } = [];

    /// <summary>What changes all the time; null in answers to events.</summary>
    [Id(3)]
    public SessionNews? News { get; init; }

    /// <summary>Whether the end of a call may make room that another one needs.</summary>
    [Id(4)]
    public bool IsTight { get; init; }
}

/// <summary>What every gateway has to know, as it is now.</summary>
[GenerateSerializer, Immutable, Alias("llamagate.news")]
internal sealed record SessionNews
{
    /// <summary>Whether any call of any gateway waits.</summary>
    [Id(0)]
    public bool HasWaiting { get; init; }

    /// <summary>Names of the hosts that an administrator drains.</summary>
    [Id(1)]
    public string[] Drained { get; init; } = [];

    /// <summary>The places of the gateway's calls that wait.</summary>
    [Id(2)]
    public PlaceMessage[] Places { get; init; } = [];

    /// <summary>See <see cref="HostComparison.Describe"/>.</summary>
    [Id(3)]
    public string[] Hosts { get; init; } = [];

    /// <summary>What has been learned, from time to time; null in between.</summary>
    [Id(4)]
    public LearnedMessage[]? Learned { get; init; }
}

/// <summary>The place of a call that waits.</summary>
[GenerateSerializer, Immutable, Alias("llamagate.place")]
internal sealed record PlaceMessage
{
    /// <summary>The call's number at its gateway.</summary>
    [Id(0)]
    public required long Call { get; init; }

    [Id(1)]
    public required int Position { get; init; }

    [Id(2)]
    public required TimeSpan Eta { get; init; }

    /// <summary>The host where its model is being loaded; null when it waits for something else.</summary>
    [Id(3)]
    public string? LoadingAt { get; init; }
}
