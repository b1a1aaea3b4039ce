using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Infrastructure.Callers;

/// <summary>The holder of API_KEY, in force until the setting is another.</summary>
internal sealed class ApiKeyHolder(string apiKey, decimal rateLimitRps)
{
    /// <summary>The setting that it was made from.</summary>
    public string ApiKey => apiKey;

    public KeyDigest Digest { get; } = KeyDigest.Of(apiKey);

    public Caller Caller { get; } = new(ICallerDirectory.DefaultId, new CallerPolicy(rateLimitRps)) { HasKey = true };
}
