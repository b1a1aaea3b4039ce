using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>Upstream calls as the scheduler sees them.</summary>
internal static class CallSpecs
{
    /// <param name="model">See <see cref="CallSpec.Model"/>.</param>
    /// <param name="tag">See <see cref="CallSpec.Tag"/>.</param>
    public static CallSpec Of(UpstreamCall call, string model, ModelRule rule, object tag)
    {
        var demand = call.Demand ?? CallDemand.Unknown;
        return new CallSpec(call.Context.Principal, model)
        {
            Rule = rule,
            IsEmbedding = call.Endpoint is UpstreamEndpoint.Embed or UpstreamEndpoint.Embeddings,
            Priority = demand.Priority ?? call.Context.Priority,
            TextBytes = demand.TextBytes,
            Images = demand.Images,
            MaxTokens = demand.MaxTokens,
            Context = demand.Context,
            Prefix = demand.Prefix,
            TeachesSlots = demand is { Images: 0, HasTwoPasses: false },
            BodyBytes = call.Body.Length,
            ArrivedAt = demand.Arrival?.At,
            Tag = tag,
        };
    }
}
