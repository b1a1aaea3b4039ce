using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Caching;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Application.Behaviours;

/// <summary>
/// Gives a kept answer, or lets equal requests share one upstream call. It stands innermost and calls the handler itself: MediatR's
/// <c>next</c> carries the token of the caller who came first, while shared work must outlive that caller.
/// </summary>
internal sealed class CachingBehaviour<TRequest, TResponse>(
    TolerantCache cache, SingleFlight<SharedAnswer<TResponse>> flights, IServiceScopeFactory scopes, ExchangeFacts facts)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, ICacheableRequest<TResponse>
    where TResponse : class
{
    public Task<TResponse> Handle(
        TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        facts.Cache = CacheOutcome.Bypass;
        return cache.IsEnabled ? FindOrAskAsync(request, next, cancellationToken) : next();
    }

    private async Task<TResponse> FindOrAskAsync(
        TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        var key = request.ComputeCacheKey();
        if (await cache.FindAsync<TResponse>(key, facts, cancellationToken) is { } kept)
        {
            facts.TakeFrom(kept);
            return kept;
        }

        return facts.CacheDirectives == CacheDirectives.None
            ? await ShareAsync(request, key, cancellationToken)
            : await AskAloneAsync(request, key, next, cancellationToken);
    }

    private async Task<TResponse> ShareAsync(TRequest request, string key, CancellationToken cancellationToken)
    {
        var requestId = facts.RequestId;
        var (answer, joined) = await flights.RunAsync(key, token => AskAsync(request, key, requestId, token), cancellationToken);
        if (joined)
        {
            facts.Cache = CacheOutcome.Hit;
        }

        facts.TakeFrom(answer.Response);
        facts.TakeFrom(answer.Facts);
        return answer.Response;
    }

    /// <summary>Asks upstream in a scope of its own, since the request that began it may end before.</summary>
    private async Task<SharedAnswer<TResponse>> AskAsync(
        TRequest request, string key, string? requestId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var callFacts = scope.ServiceProvider.GetRequiredService<ExchangeFacts>();
        callFacts.RequestId = requestId;
        callFacts.Describe(request);
        var handler = scope.ServiceProvider.GetRequiredService<IRequestHandler<TRequest, TResponse>>();
        var response = await handler.Handle(request, cancellationToken);
        await cache.StoreAsync(key, response, request, callFacts, cancellationToken);
        return new SharedAnswer<TResponse>(response, callFacts);
    }

    /// <summary>For a caller whose directives others need not share.</summary>
    private async Task<TResponse> AskAloneAsync(
        TRequest request, string key, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        var response = await next();
        if (!facts.CacheDirectives.HasFlag(CacheDirectives.NoStore))
        {
            await cache.StoreAsync(key, response, request, facts, cancellationToken);
        }

        return response;
    }
}
