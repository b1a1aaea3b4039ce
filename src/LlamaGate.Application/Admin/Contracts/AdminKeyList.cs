using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Admin.Contracts;

/// <summary>The answer of <c>GET /admin/api/keys</c>.</summary>
public sealed record AdminKeyList
{
    /// <summary>The keys of variables first, then those of KEYS_FILE in its order.</summary>
    public required IReadOnlyList<AdminKey> Data { get; init; }
}

/// <summary>A key and what its holder may do. Never a hash.</summary>
/// <remarks>Members stand in the order in which they are written. Times are in seconds.</remarks>
public sealed record AdminKey
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>When <c>llamagate keys add</c> made it; null when it was written by hand.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [JsonConverter(typeof(InstantConverter))]
    public required DateTimeOffset? Created { get; init; }

    /// <summary>When it was last used; null when it was not, as far as the accounts reach.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [JsonConverter(typeof(InstantConverter))]
    public required DateTimeOffset? LastUsed { get; init; }

    /// <summary>Its share of busy hosts, relative to the others.</summary>
    public required double Weight { get; init; }

    /// <summary>low, normal or high.</summary>
    public required string Priority { get; init; }

    /// <summary>Whose calls are treated as those of one: key, address or user:&lt;header&gt;.</summary>
    public required string ShareBy { get; init; }

    /// <summary>Patterns of the models that it may use.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Calls that may run at a time; null = no limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int? MaxRunning { get; init; }

    /// <summary>Calls that may wait at a time.</summary>
    public required int MaxWaiting { get; init; }

    /// <summary>Requests per second; null = RATE_LIMIT_RPS.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required decimal? RateLimitRps { get; init; }

    /// <summary>Tokens per UTC day; null = no limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? TokensPerDay { get; init; }

    /// <summary>GPU seconds per UTC day; null = no limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? GpuSecondsPerDay { get; init; }

    /// <summary>shared, own or off.</summary>
    public required string Cache { get; init; }

    /// <summary>Whether it may administer the gateway.</summary>
    public required bool Admin { get; init; }

    /// <summary>From then on it is refused; null = never.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [JsonConverter(typeof(InstantConverter))]
    public required DateTimeOffset? Expires { get; init; }

    /// <summary>Whether it is switched off.</summary>
    public required bool Disabled { get; init; }
}
