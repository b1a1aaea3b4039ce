using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;
using MediatR;

namespace LlamaGate.Application.Conversations;

/// <summary>The use case behind every dialect: plans the upstream calls of a request. They start when the answer is read.</summary>
internal sealed class ConversationHandler<TCommand>(
    DomainMapper mapper, IConversationClient client, IModelCatalogue models, HostSharing sharing, IUpstreamQueue queue,
    TimeProvider timeProvider)
    : IRequestHandler<TCommand, ConversationStream>
    where TCommand : IRequest<ConversationStream>, IConversationCommand
{
    public Task<ConversationStream> Handle(TCommand request, CancellationToken cancellationToken)
    {
        var calls = new ConversationCalls(request.ToDomain(mapper), request.Context, client, models);
        var ahead = sharing.IsOn ? new ReadAhead(queue, timeProvider) : null;
        // Not null: nobody has read it yet.
        ConversationStream stream = new SharedConversation(calls, models, ahead, timeProvider).TryJoin(cancellationToken)!;
        return Task.FromResult(stream);
    }
}
