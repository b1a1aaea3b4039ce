using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Conversations;
using LlamaGate.Domain.Conversations;
using MediatR;

namespace LlamaGate.Application.Dialects;

/// <summary>
/// The command that a dialect sends into the pipeline. It holds the body and maps it to the domain once, after validation. Behaviours and
/// handler see only the domain.
/// </summary>
/// <param name="body">As received; its validator is an <c>IValidator&lt;TBody&gt;</c>.</param>
public abstract class ConversationCommand<TBody>(TBody body, RequestContext context)
    : IRequest<ConversationStream>, IValidatedRequest<TBody>, IUsesModel, IConversationCommand
    where TBody : INamesModel
{
    private ConversationBatch? _batch;

    public TBody Body => body;

    public RequestContext Context => context;

    public string? Model => body.Model;

    ConversationBatch IConversationCommand.ToDomain(DomainMapper mapper) => _batch ??= mapper.WithDefaults(Map(body, mapper), body.Model!);

    /// <param name="body">Valid.</param>
    private protected abstract ConversationBatch Map(TBody body, DomainMapper mapper);
}
