using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>Has a model make a response, in one piece or streamed.</summary>
public sealed class CreateResponseCommand(CreateResponseRequest body, RequestContext context)
    : ConversationCommand<CreateResponseRequest>(body, context)
{
    private protected override ConversationBatch Map(CreateResponseRequest body, DomainMapper mapper) =>
        ResponseMapping.ToBatch(body, mapper);
}
