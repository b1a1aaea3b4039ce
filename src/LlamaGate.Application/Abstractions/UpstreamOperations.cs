using LlamaGate.Domain.Accounts;

namespace LlamaGate.Application.Abstractions;

/// <summary>Which endpoints work on a model: their calls take slots, cost GPU time, and are measured.</summary>
public static class UpstreamOperations
{
    /// <summary>What a call on the endpoint does with a model; null for all other calls.</summary>
    public static UsageOperation? Operation(this UpstreamEndpoint endpoint) => endpoint switch
    {
        UpstreamEndpoint.Chat => UsageOperation.Chat,
        UpstreamEndpoint.Generate => UsageOperation.TextCompletion,
        UpstreamEndpoint.Embed or UpstreamEndpoint.Embeddings => UsageOperation.Embeddings,
        _ => null,
    };
}
