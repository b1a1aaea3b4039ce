namespace LlamaGate.Infrastructure.Caching;

/// <summary>How many responses can be referred to, and how long.</summary>
public sealed record ResponseStoreOptions
{
    /// <summary>How long a response is kept. Default one hour.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Most bytes of responses with what they answered; 0 = none is kept. Default 64 MB.</summary>
    public long MostBytes { get; init; } = 64L * 1024 * 1024;
}
