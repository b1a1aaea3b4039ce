using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Conversations;

/// <summary>A request to generate, as every dialect makes one.</summary>
public interface IConversationCommand
{
    RequestContext Context { get; }

    /// <summary>The request in the domain's terms; the same object at each call. The body must be valid.</summary>
    internal ConversationBatch ToDomain(DomainMapper mapper);
}
