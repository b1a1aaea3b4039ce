using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Conversations;

/// <summary>A generation request of any dialect.</summary>
public interface IConversationCommand
{
    RequestContext Context { get; }

    /// <summary>The request in the domain's terms; each call returns the same object. The body must be valid.</summary>
    internal ConversationBatch ToDomain(DomainMapper mapper);
}
