namespace LlamaGate.Domain.Callers;

/// <summary>What a caller may do.</summary>
/// <param name="RateLimitRps">Requests per second, more than 0 (<c>rate_limit_rps</c> of the key, else RATE_LIMIT_RPS).</param>
public sealed record CallerPolicy(decimal RateLimitRps)
{
    /// <summary>The models that the caller may use and see; all by default.</summary>
    public ModelAccess Models { get; init; } = ModelAccess.All;

    public CacheScope Cache { get; init; } = CacheScope.Shared;
}
