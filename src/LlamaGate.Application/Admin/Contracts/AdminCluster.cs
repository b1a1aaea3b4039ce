using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Admin.Contracts;

/// <summary>The gateways that act as one.</summary>
/// <remarks>Members stand in the order in which they are written.</remarks>
public sealed record AdminCluster
{
    /// <summary><c>member</c>, <c>joining</c>, <c>expelled</c> or <c>left</c>: this gateway.</summary>
    public required string State { get; init; }

    /// <summary>Why this gateway is no member; null when it is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Reason { get; init; }

    public required AdminRedis Redis { get; init; }

    /// <summary>By their addresses.</summary>
    public required IReadOnlyList<AdminMember> Members { get; init; }
}

/// <summary>The Redis in which the gateways find each other.</summary>
/// <param name="Address">Without user name and password.</param>
/// <param name="Up">Whether it answers.</param>
/// <param name="Since">Since when it is so.</param>
public sealed record AdminRedis(string Address, bool Up, [property: JsonConverter(typeof(InstantConverter))] DateTimeOffset Since);

/// <summary>One gateway of the cluster.</summary>
/// <remarks>Members stand in the order in which they are written.</remarks>
public sealed record AdminMember
{
    /// <summary>Where the others reach it.</summary>
    public required string Address { get; init; }

    /// <summary>Its machine.</summary>
    public required string Name { get; init; }

    /// <summary><c>joining</c>, <c>active</c> or <c>leaving</c>.</summary>
    public required string State { get; init; }

    /// <summary>When it started; null while that is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [JsonConverter(typeof(InstantConverter))]
    public required DateTimeOffset? Since { get; init; }

    /// <summary>Whether it is the gateway that answers.</summary>
    public required bool Self { get; init; }

    /// <summary>Whether the queue of all gateways is there.</summary>
    public required bool Scheduler { get; init; }
}
