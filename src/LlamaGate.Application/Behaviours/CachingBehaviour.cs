using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Caching;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Application.Behaviours;

/// <summary>
/// Gives a kept answer, or lets equal requests share one upstream call. It stands innermost and calls the handler itself: MediatR's
/// <c>next</c> carries the token of the caller who came first, while shared work must outlive that caller.
/// </summary>
internal sealed partial class CachingBehaviour<TRequest, TResponse>(
    IResponseCache cache,
    SingleFlight<SharedAnswer<TResponse>> flights,
    IServiceScopeFactory scopes,
    ExchangeFacts facts,
    ILogger<CachingBehaviour<TRequest, TResponse>> logger) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, ICacheableRequest<TResponse>
    where TResponse : class
{
    public async Task<TResponse> Handle(
        TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        facts.Cache = CacheOutcome.Bypass;
        if (!cache.IsEnabled)
        {
            return await next();
        }

        var key = request.ComputeCacheKey();
        if (!facts.CacheDirectives.HasFlag(CacheDirectives.NoLookup))
        {
            facts.Cache = CacheOutcome.Miss;
            if (await FindAsync(key, cancellationToken) is { } kept)
            {
                facts.Cache = CacheOutcome.Hit;
                return kept;
            }
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

        facts.TimeToFirstToken = answer.Facts.TimeToFirstToken;
        facts.UpstreamTime = answer.Facts.UpstreamTime;
        return answer.Response;
    }

    /// <summary>Asks upstream in a scope of its own, since the request that began it may end before.</summary>
    private async Task<SharedAnswer<TResponse>> AskAsync(
        TRequest request, string key, string? requestId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var callFacts = scope.ServiceProvider.GetRequiredService<ExchangeFacts>();
        callFacts.RequestId = requestId;
        var handler = scope.ServiceProvider.GetRequiredService<IRequestHandler<TRequest, TResponse>>();
        var response = await handler.Handle(request, cancellationToken);
        await StoreAsync(key, request, response, cancellationToken);
        return new SharedAnswer<TResponse>(response, callFacts);
    }

    /// <summary>For a caller whose directives others need not share.</summary>
    private async Task<TResponse> AskAloneAsync(
        TRequest request, string key, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        var response = await next();
        if (!facts.CacheDirectives.HasFlag(CacheDirectives.NoStore))
        {
            await StoreAsync(key, request, response, cancellationToken);
        }

        return response;
    }

    private async ValueTask<TResponse?> FindAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await cache.FindAsync<TResponse>(key, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A cache is there to help: without it the answer is slower and still right.
            facts.Cache = CacheOutcome.Bypass;
            LogCacheFault("look-up", exception);
            return null;
        }
    }

    private async ValueTask StoreAsync(string key, TRequest request, TResponse response, CancellationToken cancellationToken)
    {
        try
        {
            await cache.StoreAsync(key, response, request.SizeOf(response), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogCacheFault("store", exception);
        }
    }

    [LoggerMessage(EventId = 1010, EventName = "CacheFault", Level = LogLevel.Warning, Message = "The response cache failed at {Operation} and is bypassed")]
    private partial void LogCacheFault(string operation, Exception exception);
}
