using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Accounts;
using LlamaGate.Application.Caching;
using LlamaGate.Application.Conversations;
using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Conversations;
using MediatR;

namespace LlamaGate.Application.Behaviours;

/// <summary>
/// Returns a cached answer, joins the request to an equal one in flight, or caches its answer; the same for all dialects, streamed or
/// not. It is the innermost behaviour, so that only validated requests get a key.
/// </summary>
internal sealed class ConversationCachingBehaviour<TCommand>(
    TolerantCache cache, GatheringBudget budget, RunningConversations running, DomainMapper mapper, IModelCatalogue models,
    UsageMeter meter)
    : IPipelineBehavior<TCommand, ConversationStream>
    where TCommand : IRequest<ConversationStream>, IConversationCommand
{
    public Task<ConversationStream> Handle(
        TCommand request, CancellationToken cancellationToken, RequestHandlerDelegate<ConversationStream> next) =>
        cache.IsEnabled && CacheSharing.IsOnFor(request.Context.Caller) ? FindOrStartAsync(request, next, cancellationToken) : next();

    private async Task<ConversationStream> FindOrStartAsync(
        TCommand request, RequestHandlerDelegate<ConversationStream> next, CancellationToken cancellationToken)
    {
        var batch = request.ToDomain(mapper);
        if (batch.IsUnasked || (cache.IsDeterministicOnly && !batch.IsDeterministic))
        {
            return await next();
        }

        var key = CacheSharing.KeyFor(request.Context.Caller, ConversationKey.Of(batch));
        var digest = models.FindDigest(batch.Model);
        // A caller that sends cache directives shares no answer.
        var isShared = request.Context.CacheDirectives == CacheDirectives.None;
        // Before the look-up, since an answer counts as in flight until it is cached.
        if (isShared && running.TryJoin(key, digest, cancellationToken) is { } joined)
        {
            return NoteHit(joined, batch, request.Context);
        }

        var (kept, outcome) = await cache.FindAsync<ConversationAnswer>(
            KeyHash.WithDigest(key, digest), request.Context, cancellationToken);
        if (kept is not null)
        {
            return NoteHit(new KeptConversation(kept), batch, request.Context);
        }

        var started = (LiveConversation)await next();
        started.Cache = outcome;
        if (request.Context.CacheDirectives.HasFlag(CacheDirectives.NoStore))
        {
            return started;
        }

        Gather(started.Shared, request.Context, key, digest);
        if (!isShared)
        {
            running.AddFresh(key, digest, started.Shared);
        }
        else if (running.JoinOrAdd(key, digest, started.Shared, cancellationToken) is { } other)
        {
            // An equal request came first. Nothing has been sent upstream yet for this one.
            await started.DisposeAsync();
            return NoteHit(other, batch, request.Context);
        }

        return started;
    }

    /// <summary>Another request has paid for the answer. What it saves is known at its end.</summary>
    private ConversationStream NoteHit(ConversationStream stream, ConversationBatch batch, RequestContext context)
    {
        stream.Cache = CacheOutcome.Hit;
        var (model, operation) = (
            batch.Model, batch.Requests[0].Prompt is ChatPrompt ? UsageOperation.Chat : UsageOperation.TextCompletion);
        stream.Ended += () => meter.AddHit(context, model, operation, stream.Usage);
        return stream;
    }

    private void Gather(SharedConversation conversation, RequestContext context, string key, string? digest) =>
        conversation.Gather(new Gathering(
            budget,
            answer => KeepAsync(conversation, key, digest, answer, context),
            ended: () => running.Remove(key, conversation)));

    private async ValueTask KeepAsync(
        SharedConversation conversation, string key, string? digest, ConversationAnswer answer, RequestContext context)
    {
        if (!answer.HasSubstance)
        {
            return;
        }

        // The first answer of a model may arrive before its digest.
        digest ??= await models.GetDigestAsync(conversation.Batch.Model, CancellationToken.None);
        if (running.MayKeep(key, conversation))
        {
            await cache.StoreAsync(
                KeyHash.WithDigest(key, digest), answer, ConversationSize.Of(answer), context, CancellationToken.None);
        }
    }
}
