using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Caching;
using LlamaGate.Application.Conversations;
using LlamaGate.Domain.Conversations;
using MediatR;

namespace LlamaGate.Application.Behaviours;

/// <summary>
/// Gives a kept answer, lets the request join an equal one that runs, or has its answer kept; the same for all dialects, streamed or
/// not. It stands innermost: validated requests only get a key.
/// </summary>
internal sealed class ConversationCachingBehaviour<TCommand>(
    TolerantCache cache, GatheringBudget budget, RunningConversations running, DomainMapper mapper, IModelCatalogue models)
    : IPipelineBehavior<TCommand, ConversationStream>
    where TCommand : IRequest<ConversationStream>, IConversationCommand
{
    public Task<ConversationStream> Handle(
        TCommand request, CancellationToken cancellationToken, RequestHandlerDelegate<ConversationStream> next) =>
        cache.IsEnabled ? FindOrStartAsync(request, next, cancellationToken) : next();

    private async Task<ConversationStream> FindOrStartAsync(
        TCommand request, RequestHandlerDelegate<ConversationStream> next, CancellationToken cancellationToken)
    {
        var batch = request.ToDomain(mapper);
        if (cache.IsDeterministicOnly && !batch.IsDeterministic)
        {
            return await next();
        }

        var key = ConversationKey.Of(batch);
        var digest = models.FindDigest(batch.Model);
        // A caller with directives of its own shares with nobody.
        var isShared = request.Context.CacheDirectives == CacheDirectives.None;
        // Before the look-up, since an answer is running until it is kept; and after it, since one may have started meanwhile.
        if (isShared && TryJoin(key, digest, cancellationToken) is { } joined)
        {
            return joined;
        }

        var (kept, outcome) = await cache.FindAsync<ConversationAnswer>(
            KeyHash.WithDigest(key, digest), request.Context, cancellationToken);
        if (kept is not null)
        {
            return new KeptConversation(kept) { Cache = outcome };
        }

        // Of equal requests that come at the same moment, one starts; the others find it running.
        using var turn = isShared ? await running.TakeTurnAsync(key, cancellationToken) : null;
        if (isShared && TryJoin(key, digest, cancellationToken) is { } begun)
        {
            return begun;
        }

        var started = (LiveConversation)await next();
        started.Cache = outcome;
        if (!request.Context.CacheDirectives.HasFlag(CacheDirectives.NoStore))
        {
            Gather(started.Shared, request.Context, key, digest, isShared);
        }

        return started;
    }

    private ConversationStream? TryJoin(string key, string? digest, CancellationToken cancellationToken)
    {
        var joined = running.TryJoin(key, digest, cancellationToken);
        joined?.Cache = CacheOutcome.Hit;
        return joined;
    }

    private void Gather(SharedConversation conversation, RequestContext context, string key, string? digest, bool isShared)
    {
        conversation.Gather(new Gathering(
            budget,
            answer => KeepAsync(conversation.Batch, key, digest, answer, context),
            ended: () => running.Remove(key, conversation)));
        if (isShared)
        {
            running.Add(key, digest, conversation);
        }
    }

    private async ValueTask KeepAsync(
        ConversationBatch batch, string key, string? digest, ConversationAnswer answer, RequestContext context)
    {
        if (!answer.HasSubstance)
        {
            return;
        }

        // The first answer of a model may come before its digest does.
        digest ??= await models.GetDigestAsync(batch.Model, CancellationToken.None);
        await cache.StoreAsync(
            KeyHash.WithDigest(key, digest), answer, ConversationSize.Of(answer), context, CancellationToken.None);
    }
}
