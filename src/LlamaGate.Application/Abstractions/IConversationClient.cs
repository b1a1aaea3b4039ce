using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Abstractions;

/// <summary>
/// Generations of the upstream. Every failure is a <see cref="GatewayException"/>; a caller that leaves is an
/// <see cref="OperationCanceledException"/>, and the upstream call ends with it.
/// </summary>
public interface IConversationClient
{
    /// <summary>
    /// Passes on each piece as it comes. Nothing is sent before enumeration. The last update is done; a stream that ends without it
    /// throws <see cref="GatewayError.UpstreamIncomplete"/>.
    /// </summary>
    /// <param name="call">Becomes <see cref="ConversationUpdate.Call"/> of each update.</param>
    IAsyncEnumerable<ConversationUpdate> StreamAsync(
        ConversationRequest request, int call, RequestContext context, CancellationToken cancellationToken);
}
