namespace LlamaGate.Infrastructure.Caching;

/// <summary>How much the response cache keeps, and how long.</summary>
public sealed record ResponseCacheOptions
{
    /// <summary>Maximum bytes of all answers in flight, whatever the size of the cache.</summary>
    public const long MaxGatheringBytes = 16L * 1024 * 1024;

    public bool IsEnabled { get; init; } = true;

    /// <summary>Whether to cache only answers that the model would repeat. Default false.</summary>
    public bool IsDeterministicOnly { get; init; }

    /// <summary>How long an answer is cached. Default one hour.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Maximum bytes of answers. A quarter, but no more than <see cref="MaxGatheringBytes"/>, is for answers in flight; the
    /// rest is for cached ones. Default 256 MB.
    /// </summary>
    public long MaxBytes { get; init; } = 256L * 1024 * 1024;
}
