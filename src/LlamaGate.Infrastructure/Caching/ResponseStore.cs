using LlamaGate.Application.Dialects.Responses;
using Microsoft.Extensions.Caching.Memory;

namespace LlamaGate.Infrastructure.Caching;

/// <summary>Responses in a memory cache that counts bytes. The least recently used are evicted first.</summary>
internal sealed class ResponseStore(ResponseStoreOptions options, TimeProvider timeProvider) : IResponseStore, IDisposable
{
    /// <summary>Approximate size of an entry that maps an item to its response, in bytes.</summary>
    private const int PointerSize = 300;

    /// <summary>The share of entries that is evicted when the store is full.</summary>
    private const double Compaction = 0.2;

    private readonly MemoryCache _memory = new(new MemoryCacheOptions { SizeLimit = options.MaxBytes });

    public bool IsEnabled => options.MaxBytes > 0;

    public StoredResponse? Find(string owner, string id) => Get<StoredResponse>(new Key(owner, id));

    public StoredResponse? FindByItem(string owner, string itemId) =>
        Get<string>(new Key(owner, itemId)) is { } id ? Find(owner, id) : null;

    public void Keep(string owner, StoredResponse response)
    {
        if (response.Size > options.MaxBytes)
        {
            return;
        }

        Set(new Key(owner, response.Response.Id), response, response.Size);
        foreach (var item in response.Response.Output)
        {
            Set(new Key(owner, item.Id), response.Response.Id, PointerSize);
        }
    }

    public bool Forget(string owner, string id)
    {
        var key = new Key(owner, id);
        if (Get<StoredResponse>(key) is not { } response)
        {
            return false;
        }

        _memory.Remove(key);
        foreach (var item in response.Response.Output)
        {
            _memory.Remove(new Key(owner, item.Id));
        }

        return true;
    }

    public void Dispose() => _memory.Dispose();

    private T? Get<T>(Key key)
        where T : class =>
        _memory.Get<Entry>(key) is { Value: T value } entry && timeProvider.GetUtcNow() < entry.Expires ? value : null;

    private void Set(Key key, object value, long size)
    {
        var entry = new Entry(value, timeProvider.GetUtcNow() + options.TimeToLive);
        // A full cache drops the newest entry, which is the one that is requested next. So make room first.
        while (!TrySet(key, entry, size) && _memory.Count is > 0 and var count)
        {
            // The cache rounds the number of entries down: a fifth of four would be none, and the loop would never end.
            _memory.Compact(Math.Max(Compaction, 1.5 / count));
        }
    }

    private bool TrySet(Key key, Entry entry, long size)
    {
        _memory.Set(key, entry, new MemoryCacheEntryOptions { Size = size, AbsoluteExpirationRelativeToNow = options.TimeToLive });
        return _memory.TryGetValue(key, out _);
    }

    private sealed record Key(string Owner, string Id);

    /// <param name="Expires">By the gateway's clock; the cache removes entries by its own clock.</param>
    private sealed record Entry(object Value, DateTimeOffset Expires);
}
