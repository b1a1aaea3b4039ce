using LlamaGate.Domain.Embeddings;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Abstractions;

/// <summary>The upstream's embeddings. Failures and disconnecting callers are handled as in <see cref="IConversationClient"/>.</summary>
public interface IEmbeddingClient
{
    /// <summary>
    /// Returns one vector for each input, in order, for any number of inputs. Any other answer from upstream is a
    /// <see cref="GatewayError.UpstreamError"/>.
    /// </summary>
    Task<EmbeddingResult> EmbedAsync(EmbeddingRequest request, RequestContext context, CancellationToken cancellationToken);
}
