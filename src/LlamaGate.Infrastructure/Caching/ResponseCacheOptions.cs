namespace LlamaGate.Infrastructure.Caching;

/// <summary>How much the response cache keeps, and how long.</summary>
public sealed record ResponseCacheOptions
{
    public bool IsEnabled { get; init; } = true;

    /// <summary>Only answers that the model would give again. Default false.</summary>
    public bool IsDeterministicOnly { get; init; }

    /// <summary>How long an answer is given again. Default one hour.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Most bytes of answers: three quarters for those that are kept, a quarter for those that are still gathered.
    /// Default 256 MB.
    /// </summary>
    public long MostBytes { get; init; } = 256L * 1024 * 1024;
}
