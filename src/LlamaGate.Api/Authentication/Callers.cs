using LlamaGate.Api.Configuration;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.Authentication;

/// <summary>Everybody who may call. There is one key, so its holders are one caller.</summary>
internal sealed class Callers(GatewaySettings settings)
{
    /// <summary>Somebody who needs no key, because there is none.</summary>
    public Caller Anonymous { get; } = new("anonymous", PolicyOf(settings));

    public Caller KeyHolder { get; } = new("default", PolicyOf(settings)) { HasKey = true };

    private static CallerPolicy PolicyOf(GatewaySettings settings) => new((double)settings.RateLimitRps);
}
