using LlamaGate.Api.Configuration;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.Authentication;

/// <summary>The possible callers. There is one key, so all its holders are one caller.</summary>
internal sealed class Callers(GatewaySettings settings)
{
    /// <summary>A caller without a key, when no key is configured.</summary>
    public Caller Anonymous { get; } = new("anonymous", PolicyOf(settings));

    public Caller KeyHolder { get; } = new("default", PolicyOf(settings)) { HasKey = true };

    private static CallerPolicy PolicyOf(GatewaySettings settings) => new((double)settings.RateLimitRps);
}
