namespace LlamaGate.Domain.Callers;

/// <summary>What a caller may do.</summary>
/// <param name="RateLimitRps">Requests per second, more than 0 (<c>rate_limit_rps</c> of the key, else RATE_LIMIT_RPS).</param>
public sealed record CallerPolicy(decimal RateLimitRps)
{
    /// <summary>The models that the caller may use and see; all by default.</summary>
    public ModelAccess Models { get; init; } = ModelAccess.All;

    public CacheScope Cache { get; init; } = CacheScope.Shared;

    /// <summary>The share of a busy host, relative to the weights of the others.</summary>
    public double Weight { get; init; } = KeyEntry.DefaultWeight;

    /// <summary>The class of the calls, and the highest that they may ask for.</summary>
    public KeyPriority Priority { get; init; } = KeyPriority.Normal;

    /// <summary>Calls that may run at a time; null = no limit.</summary>
    public int? MaxRunning { get; init; }

    /// <summary>Calls that may wait at a time.</summary>
    public int MaxWaiting { get; init; } = KeyEntry.DefaultMaxWaiting;

    /// <summary>Prompt and completion tokens per UTC day; null = no limit.</summary>
    public long? TokensPerDay { get; init; }

    /// <summary>GPU seconds per UTC day; null = no limit.</summary>
    public double? GpuSecondsPerDay { get; init; }

    /// <summary>Whether the caller's use is limited.</summary>
    public bool HasQuota => TokensPerDay is not null || GpuSecondsPerDay is not null;

    /// <summary>Whose calls are treated as those of one principal.</summary>
    public ShareBy ShareBy { get; init; } = ShareBy.Key;

    /// <summary>The header that names the user; null unless <see cref="ShareBy"/> is <see cref="Callers.ShareBy.User"/>.</summary>
    public string? UserHeader { get; init; }

    /// <summary>Whether the caller may administer the gateway: read the status of everybody's calls, and change what hosts do.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>True for ADMIN_KEY: it opens the administration and the metrics, and no model.</summary>
    public bool IsAdminOnly { get; init; }
}
