namespace LlamaGate.Application.Abstractions;

/// <summary>Caches complete answers, limited in bytes and time. It may evict an entry at any time; it must never return a wrong one.</summary>
public interface IResponseCache
{
    bool IsEnabled { get; }

    /// <summary>Whether only answers that the model would repeat are cached and shared; random ones are not.</summary>
    bool IsDeterministicOnly { get; }

    /// <summary>
    /// Maximum bytes of all answers in flight together. With the cached answers they make up CACHE_MAX_MB.
    /// </summary>
    long GatheringBytes { get; }

    /// <summary>The cached answer, or null. Throws when the cache itself fails.</summary>
    ValueTask<T?> FindAsync<T>(string key, CancellationToken cancellationToken)
        where T : class;

    /// <param name="size">The size of the answer in bytes.</param>
    ValueTask StoreAsync<T>(string key, T response, long size, CancellationToken cancellationToken)
        where T : class;
}
