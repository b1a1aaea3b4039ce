using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Embeddings.Contracts;
using LlamaGate.Application.Models;
using MediatR;

namespace LlamaGate.Application.Embeddings;

/// <summary>Turns texts into vectors.</summary>
public sealed record CreateEmbeddingsCommand(CreateEmbeddingRequest Body)
    : IRequest<CreateEmbeddingResponse>,
        IValidatedRequest<CreateEmbeddingRequest>,
        IDescribedRequest,
        ICacheableRequest<CreateEmbeddingResponse>
{
    string? IDescribedRequest.Model => Body.Model;

    bool IDescribedRequest.IsStream => false;

    IReadOnlyList<string> IDescribedRequest.IgnoredFields => EmbeddingMapping.IgnoredFields(Body);

    string ICacheableRequest<CreateEmbeddingResponse>.ComputeCacheKey() => EmbeddingCacheKey.Of(Body);

    long ICacheableRequest<CreateEmbeddingResponse>.SizeOf(CreateEmbeddingResponse response) => EmbeddingCacheKey.SizeOf(response);
}

internal sealed class CreateEmbeddingsHandler(IEmbeddingClient embeddings, ModelAliases aliases, ExchangeFacts facts)
    : IRequestHandler<CreateEmbeddingsCommand, CreateEmbeddingResponse>
{
    public async Task<CreateEmbeddingResponse> Handle(CreateEmbeddingsCommand request, CancellationToken cancellationToken)
    {
        var result = await embeddings.EmbedAsync(EmbeddingMapping.ToDomain(request.Body, aliases), cancellationToken);
        facts.Timings = result.Timings;
        return EmbeddingMapping.ToResponse(request.Body, result);
    }
}
