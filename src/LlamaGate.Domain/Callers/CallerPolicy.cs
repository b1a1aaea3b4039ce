namespace LlamaGate.Domain.Callers;

/// <summary>What a caller may do.</summary>
/// <param name="RateLimitRps">Requests per second, more than 0 (RATE_LIMIT_RPS).</param>
public sealed record CallerPolicy(double RateLimitRps);
