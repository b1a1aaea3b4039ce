namespace LlamaGate.Domain.Callers;

/// <summary>One key of the keys file and what its holder may do. Holds digests, never a key.</summary>
/// <param name="Id">1–64 characters; names the key in logs and accounts.</param>
/// <param name="Digests">Of the keys that are right, the newest first; several while a key is rotated.</param>
public sealed record KeyEntry(string Id, IReadOnlyList<KeyDigest> Digests)
{
    public const int DefaultWeight = 1;

    public const int DefaultMaxWaiting = 100;

    /// <summary>When <c>llamagate keys add</c> made it; null for an entry that was written by hand.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>From then on the key is refused; null = never.</summary>
    public DateTimeOffset? Expires { get; init; }

    public bool IsDisabled { get; init; }

    public ModelAccess Models { get; init; } = ModelAccess.All;

    /// <summary>Requests per second; null = RATE_LIMIT_RPS.</summary>
    public decimal? RateLimitRps { get; init; }

    public CacheScope Cache { get; init; } = CacheScope.Shared;

    /// <summary>The share of a busy host, relative to the other keys' weights.</summary>
    public double Weight { get; init; } = DefaultWeight;

    public KeyPriority Priority { get; init; } = KeyPriority.Normal;

    public ShareBy ShareBy { get; init; } = ShareBy.Key;

    /// <summary>The header that names the user; null unless <see cref="ShareBy"/> is <see cref="Callers.ShareBy.User"/>.</summary>
    public string? UserHeader { get; init; }

    /// <summary>Calls that may run at a time; null = no limit.</summary>
    public int? MaxRunning { get; init; }

    /// <summary>Calls that may wait at a time.</summary>
    public int MaxWaiting { get; init; } = DefaultMaxWaiting;

    /// <summary>Prompt and completion tokens per UTC day; null = no limit.</summary>
    public long? TokensPerDay { get; init; }

    /// <summary>Seconds of a slot per UTC day; null = no limit.</summary>
    public double? GpuSecondsPerDay { get; init; }

    public bool IsAdmin { get; init; }

    /// <summary>The fields of the file that were set, in the order of the file.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
}
