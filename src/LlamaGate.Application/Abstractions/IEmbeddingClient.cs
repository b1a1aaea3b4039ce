using LlamaGate.Domain.Embeddings;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Abstractions;

/// <summary>The upstream's embeddings. Failures and leaving callers are as in <see cref="IConversationClient"/>.</summary>
public interface IEmbeddingClient
{
    /// <summary>
    /// One vector for each input, in order, however many there are. An upstream that gives anything else is a
    /// <see cref="GatewayError.UpstreamError"/>.
    /// </summary>
    Task<EmbeddingResult> EmbedAsync(EmbeddingRequest request, RequestContext context, CancellationToken cancellationToken);
}
