using Microsoft.Extensions.Caching.Memory;

namespace LlamaGate.Infrastructure.Caching;

/// <summary>
/// The memory under the response cache, limited in bytes. A store evicts the least recently used entries, as many as it needs room for.
/// A <see cref="MemoryCache"/> evicts a tenth at once, and goes through all entries and sorts them for that, which stops a busy gateway
/// for as long as this takes.
/// </summary>
/// <param name="maxBytes">Of all entries together. A larger one is not kept.</param>
/// <param name="timeProvider">The clock by which entries expire.</param>
internal sealed class AnswerMemory(long maxBytes, TimeProvider timeProvider) : IMemoryCache
{
    private readonly Lock _gate = new();
    private readonly Dictionary<object, LinkedListNode<Kept>> _entries = [];

    /// <summary>All entries, the least recently used first.</summary>
    private readonly LinkedList<Kept> _byUse = [];

    private long _bytes;

    public ICacheEntry CreateEntry(object key) => new AnswerEntry(key, Keep);

    public bool TryGetValue(object key, out object? value)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out var entry) || HasExpired(entry))
            {
                value = null;
                return false;
            }

            _byUse.Remove(entry);
            _byUse.AddLast(entry);
            value = entry.Value.Value;
            return true;
        }
    }

    public void Remove(object key)
    {
        lock (_gate)
        {
            Evict(_entries.GetValueOrDefault(key));
        }
    }

    public void Dispose()
    {
        // Holds nothing but memory.
    }

    private void Keep(AnswerEntry added)
    {
        var size = added.Size ?? 0;
        lock (_gate)
        {
            Evict(_entries.GetValueOrDefault(added.Key));
            if (size > maxBytes)
            {
                return;
            }

            while (_byUse.First is { } oldest && (_bytes + size > maxBytes || HasExpired(oldest)))
            {
                Evict(oldest);
            }

            _entries.Add(added.Key, _byUse.AddLast(new Kept(added.Key, added.Value, size, added.AbsoluteExpiration ?? DateTimeOffset.MaxValue)));
            _bytes += size;
        }
    }

    private bool HasExpired(LinkedListNode<Kept> entry) => entry.Value.Expires <= timeProvider.GetUtcNow();

    private void Evict(LinkedListNode<Kept>? entry)
    {
        if (entry is not null)
        {
            _byUse.Remove(entry);
            _entries.Remove(entry.Value.Key);
            _bytes -= entry.Value.Size;
        }
    }

    private readonly record struct Kept(object Key, object? Value, long Size, DateTimeOffset Expires);
}
