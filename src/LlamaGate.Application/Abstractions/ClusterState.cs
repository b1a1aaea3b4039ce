namespace LlamaGate.Application.Abstractions;

/// <summary>A cluster of gateways as one of them sees it.</summary>
/// <param name="Membership">Whether this gateway belongs to it.</param>
/// <param name="Reason">Why this gateway is no member, in words without a secret; null when it is one.</param>
/// <param name="Redis">The server in which the members find each other.</param>
/// <param name="Members">The gateways that have joined or are about to join or leave, by their addresses.</param>
public sealed record ClusterState(
    ClusterMembership Membership, string? Reason, RedisState Redis, IReadOnlyList<ClusterMemberState> Members)
{
    /// <summary>How many gateways work; at least 1, which is this one.</summary>
    public int LiveReplicas => Math.Max(1, Members.Count(static member => member.IsActive));
}

/// <summary>Whether a gateway belongs to its cluster.</summary>
public enum ClusterMembership
{
    /// <summary>It tries to join.</summary>
    Joining,

    /// <summary>It belongs to the cluster.</summary>
    Member,

    /// <summary>The others have declared it dead: it ends.</summary>
    Expelled,

    /// <summary>It has left, because it stops.</summary>
    Left,
}

/// <summary>One gateway of a cluster.</summary>
/// <param name="Address">Where the others reach it: <c>10.0.0.7:11111</c>.</param>
/// <param name="Name">Its machine's name.</param>
/// <param name="State"><c>joining</c>, <c>active</c> or <c>leaving</c>.</param>
/// <param name="Since">When it started; null while that is not known.</param>
/// <param name="IsSelf">Whether it is the gateway that says so.</param>
public sealed record ClusterMemberState(string Address, string Name, string State, DateTimeOffset? Since, bool IsSelf)
{
    public const string Joining = "joining";
    public const string Active = "active";
    public const string Leaving = "leaving";

    public bool IsActive => State == Active;
}

/// <summary>Whether Redis answers.</summary>
/// <param name="Address">Without user name and password.</param>
/// <param name="IsUp">Whether it answered the last time.</param>
/// <param name="Since">Since when it is so.</param>
public sealed record RedisState(string Address, bool IsUp, DateTimeOffset Since)
{
    /// <summary>Why it is not up; null when it is.</summary>
    public string? Fault { get; init; }
}
