using System.Text.Json.Serialization;

namespace LlamaGate.Application.Admin.Contracts;

/// <summary>The calls that wait.</summary>
/// <remarks>Members stand in the order in which they are written. Times are in seconds.</remarks>
public sealed record AdminQueue
{
    /// <summary>How many wait.</summary>
    public required int Waiting { get; init; }

    /// <summary>How many may.</summary>
    public required int Max { get; init; }

    /// <summary>At most 200, in the order in which they will probably be sent.</summary>
    public required IReadOnlyList<AdminWaitingCall> Calls { get; init; }
}

/// <summary>A call that waits.</summary>
/// <remarks>Members stand in the order in which they are written. Times are in seconds.</remarks>
public sealed record AdminWaitingCall
{
    /// <summary>For <c>POST /admin/api/calls/{id}/cancel</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The model's own name.</summary>
    public required string Model { get; init; }

    /// <summary>The id of the caller's key.</summary>
    public required string Key { get; init; }

    /// <summary>The user whom a front end names; null when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? User { get; init; }

    /// <summary>low, normal or high.</summary>
    public required string Priority { get; init; }

    /// <summary>waiting, or loading: its model is being loaded.</summary>
    public required string State { get; init; }

    /// <summary>Its place among the calls for the same model, as its caller sees it.</summary>
    public required int Position { get; init; }

    /// <summary>Until it will probably be sent; null when nothing can be said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? Eta { get; init; }

    /// <summary>Since it came.</summary>
    public required double Waited { get; init; }
}
