using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Caching;
using LlamaGate.Application.Models;
using LlamaGate.Domain.Embeddings;
using MediatR;

namespace LlamaGate.Application.Embeddings;

/// <summary>
/// Gives kept vectors, or lets equal requests share one upstream call. It stands innermost and calls the handler itself: MediatR's
/// <c>next</c> carries the token of the caller who came first, while shared work must outlive that caller.
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
        var hash = EmbeddingKey.Of(domain);
        var key = KeyHash.WithDigest(hash, models.FindDigest(domain.Model));
        var (kept, outcome) = await cache.FindAsync<EmbeddingResult>(key, request.Context, cancellationToken);
        if (kept is not null)
        {
            return new EmbeddingAnswer(kept, outcome);
        }

        // Only callers without directives share, so that nobody's directives apply to others.
        var (answer, joined) = request.Context.CacheDirectives == CacheDirectives.None
            ? await running.RunAsync(key, token => CallAsync(request, domain.Model, hash, token), cancellationToken)
            : (await CallAsync(request, domain.Model, hash, cancellationToken), false);
        return answer with { Cache = joined ? CacheOutcome.Hit : outcome };
    }

    private async Task<EmbeddingAnswer> CallAsync(
        CreateEmbeddingsCommand request, string model, string hash, CancellationToken cancellationToken)
    {
        var digest = models.FindDigest(model);
        var answer = await handler.Handle(request, cancellationToken);
        if (!request.Context.CacheDirectives.HasFlag(CacheDirectives.NoStore))
        {
            // The first answer of a model may come before its digest does.
            digest ??= await models.GetDigestAsync(model, cancellationToken);
            var key = KeyHash.WithDigest(hash, digest);
            await cache.StoreAsync(key, answer.Result, EmbeddingSize.Of(answer.Result), request.Context, cancellationToken);
        }

        return answer;
    }
}
