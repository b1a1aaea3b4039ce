using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Caching;
using LlamaGate.Application.Models;
using LlamaGate.Domain.Embeddings;
using MediatR;

namespace LlamaGate.Application.Embeddings;

/// <summary>
/// Returns cached vectors, or lets equal requests share one upstream call. It is the innermost behaviour and calls the handler itself:
/// MediatR's <c>next</c> uses the first caller's token, but shared work must outlive that caller.
/// </summary>
internal sealed class EmbeddingCachingBehaviour(
    TolerantCache cache,
    SharedTasks<EmbeddingAnswer> running,
    IModelCatalogue models,
    ModelAliases aliases,
    IRequestHandler<CreateEmbeddingsCommand, EmbeddingAnswer> handler)
    : IPipelineBehavior<CreateEmbeddingsCommand, EmbeddingAnswer>
{
    public Task<EmbeddingAnswer> Handle(
        CreateEmbeddingsCommand request, CancellationToken cancellationToken, RequestHandlerDelegate<EmbeddingAnswer> next) =>
        cache.IsEnabled ? FindOrCallAsync(request, cancellationToken) : next();

    private async Task<EmbeddingAnswer> FindOrCallAsync(CreateEmbeddingsCommand request, CancellationToken cancellationToken)
    {
        var domain = EmbeddingMapping.ToDomain(request.Body, aliases);
        var digest = models.FindDigest(domain.Model);
        var key = EmbeddingKey.Of(domain);
        var (kept, outcome) = await cache.FindAsync<EmbeddingResult>(
            KeyHash.WithDigest(key, digest), request.Context, cancellationToken);
        if (kept is not null)
        {
            return new EmbeddingAnswer(kept, outcome);
        }

        // A caller that sends cache directives shares no answer.
        var (answer, joined) = request.Context.CacheDirectives == CacheDirectives.None
            ? await running.RunAsync(key, token => CallAsync(request, domain.Model, key, digest, token), cancellationToken)
            : (await CallAsync(request, domain.Model, key, digest, cancellationToken), false);
        return answer with { Cache = joined ? CacheOutcome.Hit : outcome };
    }

    private async Task<EmbeddingAnswer> CallAsync(
        CreateEmbeddingsCommand request, string model, string key, string? digest, CancellationToken cancellationToken)
    {
        var answer = await handler.Handle(request, cancellationToken);
        if (!request.Context.CacheDirectives.HasFlag(CacheDirectives.NoStore))
        {
            // The first vectors of a model may arrive before its digest.
            digest ??= await models.GetDigestAsync(model, cancellationToken);
            await cache.StoreAsync(
                KeyHash.WithDigest(key, digest), answer.Result, EmbeddingSize.Of(answer.Result), request.Context, cancellationToken);
        }

        return answer;
    }
}
