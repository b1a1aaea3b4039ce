using System.Text.Json.Serialization;

namespace LlamaGate.Application.Scheduling.Contracts;

/// <summary>The caller's own calls in the queue: those that run first, then in the order in which they will probably be sent.</summary>
public sealed record QueuedCallList
{
    public required IReadOnlyList<QueuedCall> Data { get; init; }
}

/// <summary>One upstream call that waits or runs. A request with several choices or prompts makes several.</summary>
/// <remarks>Members stand in the order in which they are written.</remarks>
public sealed record QueuedCall
{
    internal const string WaitingState = "waiting";
    internal const string RunningState = "running";

    /// <summary>Unique while the gateway runs.</summary>
    public required string Id { get; init; }

    /// <summary>The model's own name.</summary>
    public required string Model { get; init; }

    /// <summary><c>waiting</c>, for a slot or for its model to be loaded, or <c>running</c>.</summary>
    public required string State { get; init; }

    /// <summary>1 for the next one; 0 for a call that runs.</summary>
    public required int Position { get; init; }

    /// <summary>Seconds until it will probably be sent; null when nothing can be said, 0 for a call that runs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? Eta { get; init; }

    /// <summary>Seconds since it came, or until it was sent.</summary>
    public required double Waited { get; init; }
}

/// <summary>Source-generated writing of the queue's contracts.</summary>
[JsonSerializable(typeof(QueuedCallList))]
public sealed partial class SchedulingJsonContext : JsonSerializerContext;
