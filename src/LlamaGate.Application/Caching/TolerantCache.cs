using LlamaGate.Application.Abstractions;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Application.Caching;

/// <summary>
/// The response cache as the caller's directives and its own faults leave it: a cache is there to help, and without it an answer
/// is slower and still right.
/// </summary>
internal sealed partial class TolerantCache(IResponseCache cache, ILogger<TolerantCache> logger)
{
    public bool IsEnabled => cache.IsEnabled;

    /// <summary>Looks up if the caller allows it, and says in the facts what came of it.</summary>
    public async ValueTask<T?> FindAsync<T>(string key, ExchangeFacts facts, CancellationToken cancellationToken)
        where T : class
    {
        facts.Cache = CacheOutcome.Bypass;
        if (facts.CacheDirectives.HasFlag(CacheDirectives.NoLookup))
        {
            return null;
        }

        try
        {
            var kept = await cache.FindAsync<T>(key, cancellationToken);
            facts.Cache = kept is null ? CacheOutcome.Miss : CacheOutcome.Hit;
            return kept;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFault("look-up", facts, exception);
            return null;
        }
    }

    public async ValueTask StoreAsync<T>(
        string key, T response, ICacheableRequest<T> request, ExchangeFacts facts, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            await cache.StoreAsync(key, response, request.SizeOf(response), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFault("store", facts, exception);
        }
    }

    private void LogFault(string operation, ExchangeFacts facts, Exception exception)
    {
        using (logger.BeginScope(new Dictionary<string, object?>(StringComparer.Ordinal) { ["request_id"] = facts.RequestId }))
        {
            LogFault(operation, exception);
        }
    }

    [LoggerMessage(EventId = 1010, EventName = "CacheFault", Level = LogLevel.Warning,
        Message = "The response cache failed at {Operation} and is bypassed")]
    private partial void LogFault(string operation, Exception exception);
}
