using LlamaGate.Application.Abstractions;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Application.Caching;

/// <summary>
/// The response cache with its own faults suppressed: without the cache an answer is slower, but still right.
/// </summary>
internal sealed partial class TolerantCache(IResponseCache cache, ILogger<TolerantCache> logger)
{
    public bool IsEnabled => cache.IsEnabled;

    public bool IsDeterministicOnly => cache.IsDeterministicOnly;

    /// <summary>Looks up, if the caller's directives allow it.</summary>
    public async ValueTask<(T? Kept, CacheOutcome Outcome)> FindAsync<T>(
        string key, RequestContext context, CancellationToken cancellationToken)
        where T : class
    {
        if (context.CacheDirectives.HasFlag(CacheDirectives.NoLookup))
        {
            return (null, CacheOutcome.Bypass);
        }

        try
        {
            var kept = await cache.FindAsync<T>(key, cancellationToken);
            return (kept, kept is null ? CacheOutcome.Miss : CacheOutcome.Hit);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFault("look-up", context.RequestId, exception);
            return (null, CacheOutcome.Bypass);
        }
    }

    /// <param name="size">The size of the answer in bytes.</param>
    public async ValueTask StoreAsync<T>(
        string key, T response, long size, RequestContext context, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            await cache.StoreAsync(key, response, size, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFault("store", context.RequestId, exception);
        }
    }

    [LoggerMessage(EventId = 1010, EventName = "CacheFault", Level = LogLevel.Warning,
        Message = "The response cache failed at {Operation} for request {RequestId} and is bypassed")]
    private partial void LogFault(string operation, string? requestId, Exception exception);
}
