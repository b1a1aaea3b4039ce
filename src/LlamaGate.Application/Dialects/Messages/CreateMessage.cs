using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>Has a model answer a message, in one piece or streamed.</summary>
public sealed class CreateMessageCommand(CreateMessageRequest body, RequestContext context)
    : ConversationCommand<CreateMessageRequest>(body, context)
{
    private protected override ConversationBatch Map(CreateMessageRequest body, DomainMapper mapper) =>
        MessageMapping.ToBatch(body, mapper);
}
