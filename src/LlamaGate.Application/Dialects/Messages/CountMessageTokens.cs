using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Domain.Conversations;
using MediatR;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>Estimates how long a conversation is in tokens. Ollama counts only what it answers, and is not asked.</summary>
public sealed record CountMessageTokensCommand(CountTokensRequest Body, RequestContext Context)
    : IRequest<MessageTokenCount>, IValidatedRequest<CountTokensRequest>, IUsesModel
{
    public string? Model => Body.Model;
}

internal sealed class CountMessageTokensHandler(DomainMapper mapper, ITokenRatios ratios)
    : IRequestHandler<CountMessageTokensCommand, MessageTokenCount>
{
    public Task<MessageTokenCount> Handle(CountMessageTokensCommand request, CancellationToken cancellationToken)
    {
        // Not null: the validator lets no request without a model pass.
        var bytesPerToken = ratios.BytesPerToken(mapper.ToModel(request.Body.Model!));
        var bytes = PromptSize.Of(MessageMapping.ToPrompt(request.Body));
        return Task.FromResult(new MessageTokenCount((int)Math.Clamp(Math.Ceiling(bytes / bytesPerToken), 1, int.MaxValue)));
    }
}
