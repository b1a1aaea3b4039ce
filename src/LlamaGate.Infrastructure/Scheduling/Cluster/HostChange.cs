using Orleans;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>What an administrator wants of shared hosts. Which members are set depends on the kind.</summary>
[GenerateSerializer, Immutable, Alias("llamagate.change")]
internal sealed record HostChange
{
    [Id(0)]
    public required HostChangeKind Kind { get; init; }

    [Id(1)]
    public string Host { get; init; } = "";

    [Id(2)]
    public string Model { get; init; } = "";

    [Id(3)]
    public string Call { get; init; } = "";
}

/// <summary>The numbers are sent: they never change.</summary>
internal enum HostChangeKind
{
    Drain = 0,
    Resume = 1,
    Load = 2,
    Unload = 3,
    Cancel = 4,
}

/// <summary>What became of a change: what happens now, or why it fails.</summary>
[GenerateSerializer, Immutable, Alias("llamagate.changed")]
internal sealed record ChangeReply
{
    [Id(0)]
    public string Text { get; init; } = "";

    /// <summary>Null when it has begun.</summary>
    [Id(1)]
    public FailureMessage? Failure { get; init; }
}
