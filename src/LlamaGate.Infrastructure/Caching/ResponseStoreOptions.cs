namespace LlamaGate.Infrastructure.Caching;

/// <summary>How many responses can be referred to, and how long.</summary>
public sealed record ResponseStoreOptions
{
    /// <summary>How long a response is kept. Default one hour.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Maximum bytes of responses with their conversations; 0 = none are stored. Default 64 MB.</summary>
    public long MaxBytes { get; init; } = 64L * 1024 * 1024;
}
