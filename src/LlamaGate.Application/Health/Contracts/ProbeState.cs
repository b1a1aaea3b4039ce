using System.Text.Json.Serialization;

namespace LlamaGate.Application.Health.Contracts;

/// <summary>The answer of <c>GET /livez</c> and <c>GET /readyz</c>.</summary>
/// <param name="Status"><c>alive</c>, <c>ready</c>, <c>joining</c> or <c>draining</c>.</param>
public sealed record ProbeState(string Status)
{
    /// <summary>Why a gateway with REDIS_URL has not joined the others yet; absent otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>HOSTS_FILE, with <c>/readyz?verbose</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConfigurationFileReport? Hosts { get; init; }

    /// <summary>KEYS_FILE, with <c>/readyz?verbose</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConfigurationFileReport? Keys { get; init; }

    /// <summary>The accounts in DATA_DIR, with <c>/readyz?verbose</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AccountsReport? Accounts { get; init; }

    /// <summary>The gateways that act as one, with <c>/readyz?verbose</c> and REDIS_URL.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClusterReport? Cluster { get; init; }
}

/// <summary>The cluster as one gateway sees it.</summary>
/// <param name="Members">How many gateways work, this one included; 0 before it has joined.</param>
/// <param name="RedisUp">Whether Redis answers. A gateway that has joined stays ready without it.</param>
/// <param name="RedisSince">Since when it is so.</param>
public sealed record ClusterReport(int Members, bool RedisUp, DateTimeOffset RedisSince);

/// <summary>How the accounts are written.</summary>
/// <param name="Pending">Records in memory that are not written yet.</param>
/// <param name="Lag">The age of the oldest of them, in seconds.</param>
/// <param name="Lost">Records that were dropped since the start, because too many could not be written.</param>
/// <param name="Fault">Why nothing can be written; absent while it works.</param>
public sealed record AccountsReport(
    int Pending, double Lag, long Lost, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fault);

/// <summary>The state of a configuration file that is read again while the gateway runs.</summary>
/// <param name="Count">How many entries are in force.</param>
/// <param name="LoadedAt">When they were read.</param>
/// <param name="Fault">Why the file as it is now is not in force: lines and reasons, never a secret.</param>
public sealed record ConfigurationFileReport(
    int Count, DateTimeOffset LoadedAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fault);

/// <summary>Source-generated writing of the probes' answers.</summary>
[JsonSerializable(typeof(ProbeState))]
public sealed partial class ProbeJsonContext : JsonSerializerContext;
