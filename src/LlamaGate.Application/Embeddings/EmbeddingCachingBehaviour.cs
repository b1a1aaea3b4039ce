using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Accounts;
using LlamaGate.Application.Caching;
using LlamaGate.Application.Conversations;
using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Embeddings;
using LlamaGate.Domain.Generation;
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
    DomainMapper mapper,
    UsageMeter meter,
    TimeProvider timeProvider,
    IRequestHandler<CreateEmbeddingsCommand, EmbeddingAnswer> handler)
    : IPipelineBehavior<CreateEmbeddingsCommand, EmbeddingAnswer>
{
    public Task<EmbeddingAnswer> Handle(
        CreateEmbeddingsCommand request, CancellationToken cancellationToken, RequestHandlerDelegate<EmbeddingAnswer> next) =>
        cache.IsEnabled && CacheSharing.IsOnFor(request.Context.Caller)
            ? FindOrCallAsync(request, cancellationToken)
            : WatchAsync(request, static () => CacheOutcome.Bypass, () => next());

    private async Task<EmbeddingAnswer> FindOrCallAsync(CreateEmbeddingsCommand request, CancellationToken cancellationToken)
    {
        var domain = EmbeddingMapping.ToDomain(request.Body, mapper);
        var digest = models.FindDigest(domain.Model);
        var key = CacheSharing.KeyFor(request.Context.Caller, EmbeddingKey.Of(domain));
        var (kept, outcome) = await cache.FindAsync<EmbeddingResult>(
            KeyHash.WithDigest(key, digest), request.Context, cancellationToken);
        if (kept is not null)
        {
            return NoteHit(new EmbeddingAnswer(kept, outcome), request, domain);
        }

        var joined = false;
        return await WatchAsync(request, () => joined ? CacheOutcome.Hit : outcome, async () =>
        {
            // A caller with directives of its own shares with nobody.
            if (request.Context.CacheDirectives != CacheDirectives.None)
            {
                return await CallAsync(request, domain.Model, key, digest, cancellationToken) with { Cache = outcome };
            }

            // Another's call, until the work turns out to be this caller's.
            joined = true;
            var (answer, _) = await running.RunAsync(
                key,
                token =>
                {
                    joined = false;
                    return CallAsync(request, domain.Model, key, digest, token);
                },
                cancellationToken);
            return joined ? NoteHit(answer with { Cache = CacheOutcome.Hit }, request, domain) : answer with { Cache = outcome };
        });
    }

    /// <summary>Another request has paid for the vectors.</summary>
    private EmbeddingAnswer NoteHit(EmbeddingAnswer answer, CreateEmbeddingsCommand request, EmbeddingRequest domain)
    {
        meter.AddHit(
            request.Context, domain.Model, UsageOperation.Embeddings, new TokenUsage(answer.Result.PromptTokens, CompletionTokens: 0));
        return answer;
    }

    private async Task<EmbeddingAnswer> WatchAsync(
        CreateEmbeddingsCommand request, Func<CacheOutcome> outcome, Func<Task<EmbeddingAnswer>> call)
    {
        var started = timeProvider.GetTimestamp();
        try
        {
            return await call();
        }
        catch
        {
            request.Failed?.Invoke(new EmbeddingFailure(outcome(), timeProvider.GetElapsedTime(started)));
            throw;
        }
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
