using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>Has a model make a response, in one piece or streamed.</summary>
/// <param name="history">Of this request.</param>
public sealed class CreateResponseCommand(CreateResponseRequest body, ResponseHistory history, RequestContext context)
    : ConversationCommand<CreateResponseRequest>(body, context)
{
    private protected override ConversationBatch Map(CreateResponseRequest body, DomainMapper mapper) =>
        ResponseMapping.ToBatch(body, history, mapper);
}
