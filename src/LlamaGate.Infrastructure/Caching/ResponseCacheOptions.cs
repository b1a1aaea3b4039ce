namespace LlamaGate.Infrastructure.Caching;

/// <summary>How much the response cache keeps, and how long.</summary>
public sealed record ResponseCacheOptions
{
    /// <summary>Maximum bytes of the answers that are still gathered, however much the cache may hold.</summary>
    public const long MaxGatheringBytes = 16L * 1024 * 1024;

    public bool IsEnabled { get; init; } = true;

    /// <summary>Only answers that the model would give again. Default false.</summary>
    public bool IsDeterministicOnly { get; init; }

    /// <summary>How long an answer is given again. Default one hour.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Maximum bytes of answers. A quarter, but no more than <see cref="MaxGatheringBytes"/>, is for those that are still gathered; the
    /// rest is for those that are kept. Default 256 MB.
    /// </summary>
    public long MostBytes { get; init; } = 256L * 1024 * 1024;
}
