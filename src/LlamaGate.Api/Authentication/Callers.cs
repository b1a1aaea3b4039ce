using LlamaGate.Api.Configuration;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.Authentication;

/// <summary>The callers without a key. Those with one are in <see cref="Application.Abstractions.ICallerDirectory"/>.</summary>
internal sealed class Callers(GatewaySettings settings)
{
    /// <summary>A caller without a key, when none is required.</summary>
    public Caller Anonymous { get; } = new("anonymous", new CallerPolicy(settings.RateLimitRps) { ShareBy = ShareBy.Address });
}
