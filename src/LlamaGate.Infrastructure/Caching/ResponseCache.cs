using LlamaGate.Application.Abstractions;
using Microsoft.Extensions.Caching.Memory;
using ZiggyCreatures.Caching.Fusion;

namespace LlamaGate.Infrastructure.Caching;

/// <summary>Answers in memory, in a FusionCache over a memory cache that counts bytes.</summary>
internal sealed class ResponseCache : IResponseCache, IDisposable
{
    private readonly FusionCache _cache;
    private readonly ResponseCacheOptions _options;

    public ResponseCache(ResponseCacheOptions options)
    {
        _options = options;
        var memory = new MemoryCache(new MemoryCacheOptions
        {
            SizeLimit = options.MaxBytes - GatheringBytes,
            CompactionPercentage = 0.1,
        });
        _cache = new FusionCache(new FusionCacheOptions { CacheName = "responses" }, memory);
    }

    public bool IsEnabled => _options.IsEnabled;

    public bool IsDeterministicOnly => _options.IsDeterministicOnly;

    public long GatheringBytes => Math.Min(_options.MaxBytes / 4, ResponseCacheOptions.MaxGatheringBytes);

    public async ValueTask<T?> FindAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        var found = await _cache.TryGetAsync<T>(key, token: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    public ValueTask StoreAsync<T>(string key, T response, long size, CancellationToken cancellationToken)
        where T : class =>
        _cache.SetAsync(
            key, response, new FusionCacheEntryOptions(_options.TimeToLive).SetSize(size), token: cancellationToken);

    public void Dispose() => _cache.Dispose();
}
