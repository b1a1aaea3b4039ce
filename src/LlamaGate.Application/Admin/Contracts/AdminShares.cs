using System.Text.Json.Serialization;

namespace LlamaGate.Application.Admin.Contracts;

/// <summary>Who used the hosts in the last hour.</summary>
/// <remarks>Members stand in the order in which they are written. Times are in seconds.</remarks>
public sealed record AdminShares
{
    /// <summary>The length of the period.</summary>
    public required int Minutes { get; init; }

    /// <summary>The twelve that used most, and the others together as <c>other</c>.</summary>
    public required IReadOnlyList<AdminShare> Principals { get; init; }
}

/// <summary>What one principal used.</summary>
/// <remarks>Members stand in the order in which they are written. Times are in seconds.</remarks>
public sealed record AdminShare
{
    /// <summary>The id of its key.</summary>
    public required string Key { get; init; }

    /// <summary>The user whom a front end names; null when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? User { get; init; }

    /// <summary>Its share of busy hosts, relative to the others; null for <c>other</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? Weight { get; init; }

    /// <summary>Load, prompt and answer.</summary>
    public required double GpuSeconds { get; init; }

    /// <summary>Its part of all GPU seconds of the period.</summary>
    public required double Share { get; init; }

    /// <summary>The part that its weight promises, among those that are listed; null for <c>other</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? Target { get; init; }

    /// <summary>GPU seconds in each minute, the oldest first.</summary>
    public required IReadOnlyList<double> ByMinute { get; init; }
}
