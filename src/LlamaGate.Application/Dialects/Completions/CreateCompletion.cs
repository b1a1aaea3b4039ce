using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.Completions.Contracts;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Completions;

/// <summary>Completes prompts, plain or streamed.</summary>
public sealed class CreateCompletionCommand(CreateCompletionRequest body, RequestContext context)
    : ConversationCommand<CreateCompletionRequest>(body, context)
{
    private protected override ConversationBatch Map(CreateCompletionRequest body, DomainMapper mapper) =>
        CompletionMapping.ToBatch(body, mapper);
}
