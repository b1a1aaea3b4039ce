using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Embeddings.Contracts;
using LlamaGate.Application.Models;
using MediatR;

namespace LlamaGate.Application.Embeddings;

/// <summary>Turns texts into vectors.</summary>
public sealed record CreateEmbeddingsCommand(CreateEmbeddingRequest Body, RequestContext Context)
    : IRequest<EmbeddingAnswer>, IValidatedRequest<CreateEmbeddingRequest>, IUsesModel
{
    public string? Model => Body.Model;

    /// <summary>Called before a failure of the call upstream is thrown; the exception itself says nothing of cache and time.</summary>
    public Action<EmbeddingFailure>? Failed { get; init; }
}

internal sealed class CreateEmbeddingsHandler(
    IEmbeddingClient embeddings, EmbeddingModels models, DomainMapper mapper, TimeProvider timeProvider)
    : IRequestHandler<CreateEmbeddingsCommand, EmbeddingAnswer>
{
    public async Task<EmbeddingAnswer> Handle(CreateEmbeddingsCommand request, CancellationToken cancellationToken)
    {
        var domain = EmbeddingMapping.ToDomain(request.Body, mapper);
        await models.RequireAsync(domain.Model, request.Context, cancellationToken);
        var started = timeProvider.GetTimestamp();
        var result = await embeddings.EmbedAsync(domain, request.Context, cancellationToken);
        var elapsed = timeProvider.GetElapsedTime(started);
        EmbeddingMapping.ThrowIfShort(domain, result);
        return new EmbeddingAnswer(result, CacheOutcome.Bypass) { TimeToFirstToken = elapsed, UpstreamTime = elapsed };
    }
}
