namespace LlamaGate.Infrastructure.Ollama.Routing;

/// <summary>
/// Which host a caller last used for a model, so that it finds its prompt in that host's cache. Bounded: the oldest entries go first.
/// Not thread-safe.
/// </summary>
internal sealed class RecentHosts(TimeProvider timeProvider, int maxEntries = 10_000)
{
    /// <summary>Later the prompt is hardly in the cache any more.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private readonly Dictionary<(string Caller, string Model), LinkedListNode<Entry>> _byUse = [];
    private readonly LinkedList<Entry> _inOrder = [];

    public int Count => _byUse.Count;

    /// <returns>The host's name; null when there is none that counts.</returns>
    public string? Find(string caller, string model)
    {
        DropExpired();
        return _byUse.TryGetValue((caller, model), out var node) ? node.Value.Host : null;
    }

    public void Note(string caller, string model, string host)
    {
        DropExpired();
        var key = (caller, model);
        if (_byUse.Remove(key, out var node))
        {
            _inOrder.Remove(node);
        }
        else if (_byUse.Count >= maxEntries)
        {
            DropOldest();
        }

        _byUse[key] = _inOrder.AddLast(new Entry(key, host, timeProvider.GetTimestamp()));
    }

    private void DropExpired()
    {
        while (_inOrder.First is { } oldest && timeProvider.GetElapsedTime(oldest.Value.UsedAt) >= Memory)
        {
            DropOldest();
        }
    }

    private void DropOldest()
    {
        _byUse.Remove(_inOrder.First!.Value.Use); // The caller has seen that there is one.
        _inOrder.RemoveFirst();
    }

    private sealed record Entry((string Caller, string Model) Use, string Host, long UsedAt);
}
