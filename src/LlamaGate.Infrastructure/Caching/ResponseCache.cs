using LlamaGate.Application.Abstractions;
using ZiggyCreatures.Caching.Fusion;

namespace LlamaGate.Infrastructure.Caching;

/// <summary>Answers in memory, in a FusionCache over a memory that counts bytes.</summary>
internal sealed class ResponseCache : IResponseCache, IDisposable
{
    private readonly FusionCache _cache;
    private readonly ResponseCacheOptions _options;

    public ResponseCache(ResponseCacheOptions options)
    {
        _options = options;
        // FusionCache has no other clock than the system's.
        var memory = new AnswerMemory(options.MaxBytes - GatheringBytes, TimeProvider.System);
        // Without tags, which nobody uses, a look-up is one and not three.
        _cache = new FusionCache(new FusionCacheOptions { CacheName = "responses", DisableTagging = true }, memory);
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
