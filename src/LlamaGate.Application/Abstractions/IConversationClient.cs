using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Abstractions;

/// <summary>
/// Generates answers upstream. Every failure is a <see cref="GatewayException"/>; when the caller disconnects, it throws an
/// <see cref="OperationCanceledException"/> and ends the upstream call.
/// </summary>
public interface IConversationClient
{
    /// <summary>
    /// Yields each piece as it arrives. Nothing is sent before enumeration. The last update is marked as done; a stream that ends without
    /// it throws <see cref="GatewayError.UpstreamIncomplete"/>.
    /// </summary>
    /// <param name="call">Becomes <see cref="ConversationUpdate.Call"/> of each update.</param>
    IAsyncEnumerable<ConversationUpdate> StreamAsync(
        ConversationRequest request, int call, RequestContext context, CancellationToken cancellationToken);
}
