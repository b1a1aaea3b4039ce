using LlamaGate.Application.Abstractions;
using MediatR;

namespace LlamaGate.Application.Conversations;

/// <summary>The use case behind every dialect: plans the upstream calls of a request. They start when the answer is read.</summary>
internal sealed class ConversationHandler<TCommand>(
    DomainMapper mapper, IConversationClient client, IModelCatalogue models, TimeProvider timeProvider)
    : IRequestHandler<TCommand, ConversationStream>
    where TCommand : IRequest<ConversationStream>, IConversationCommand
{
    public Task<ConversationStream> Handle(TCommand request, CancellationToken cancellationToken)
    {
        var calls = new ConversationCalls(request.ToDomain(mapper), request.Context, client, models);
        // Not null: nobody has read it yet.
        ConversationStream stream = new SharedConversation(calls, models, timeProvider).TryJoin(cancellationToken)!;
        return Task.FromResult(stream);
    }
}
