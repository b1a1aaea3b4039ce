using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Admin.Contracts;

/// <summary>The answer of <c>GET /admin/api/status</c>.</summary>
/// <remarks>Members stand in the order in which they are written. Times are in seconds.</remarks>
public sealed record AdminStatus
{
    /// <summary>Of the gateway.</summary>
    public required string Version { get; init; }

    /// <summary>When the gateway started.</summary>
    [JsonConverter(typeof(InstantConverter))]
    public required DateTimeOffset Started { get; init; }

    /// <summary>When this was true.</summary>
    [JsonConverter(typeof(InstantConverter))]
    public required DateTimeOffset Now { get; init; }

    /// <summary>The id of the admin key that asks.</summary>
    public required string Key { get; init; }

    /// <summary>Whether the hosts are shared. If not, the only host has a name, an address and a state, and nothing waits.</summary>
    public required bool Sharing { get; init; }

    /// <summary>Each host, in the order of the configuration.</summary>
    public required IReadOnlyList<AdminHost> Hosts { get; init; }

    /// <summary>The calls that wait.</summary>
    public required AdminQueue Queue { get; init; }

    /// <summary>Who used the hosts lately.</summary>
    public required AdminShares Shares { get; init; }

    /// <summary>What each key has used today.</summary>
    public required AdminAccounts Accounts { get; init; }

    /// <summary>The last loads, the newest first.</summary>
    public required IReadOnlyList<AdminLoad> Loads { get; init; }

    /// <summary>The store of the accounts.</summary>
    public required AdminStore Store { get; init; }

    /// <summary>The gateways that act as one; null when this one works alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required AdminCluster? Cluster { get; init; }

    /// <summary>What is wrong, and what to do about it; the worst first.</summary>
    public required IReadOnlyList<AdminWarning> Warnings { get; init; }
}

/// <summary>Something that an administrator should know.</summary>
/// <param name="Id">A stable word for the kind, like <c>host-down</c>.</param>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="Text">What is wrong.</param>
/// <param name="Action">What to do.</param>
public sealed record AdminWarning(string Id, string Severity, string Text, string Action);

/// <summary>The state of the store of the accounts.</summary>
/// <remarks>Members stand in the order in which they are written. Times are in seconds.</remarks>
public sealed record AdminStore
{
    /// <summary>Whether records survive a restart.</summary>
    public required bool Persistent { get; init; }

    /// <summary>Records that are not written yet.</summary>
    public required int Pending { get; init; }

    /// <summary>The age of the oldest of them.</summary>
    public required double Lag { get; init; }

    /// <summary>Records that were dropped since the start.</summary>
    public required long Lost { get; init; }

    /// <summary>Why writing fails; null while it works.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Fault { get; init; }
}
