using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>Creates a chat completion, plain or streamed.</summary>
public sealed class CreateChatCompletionCommand(ChatCompletionRequest body, RequestContext context)
    : ConversationCommand<ChatCompletionRequest>(body, context)
{
    private protected override ConversationBatch Map(ChatCompletionRequest body, DomainMapper mapper) =>
        ChatCompletionMapping.ToBatch(body, mapper);
}
