namespace LlamaGate.Application.Abstractions;

/// <summary>Keeps complete answers, bounded in bytes and time. It may forget at any moment; it must never invent.</summary>
public interface IResponseCache
{
    bool IsEnabled { get; }

    /// <summary>Only for answers that the model would give again: the random ones are neither kept nor shared.</summary>
    bool IsDeterministicOnly { get; }

    /// <summary>
    /// Bytes that answers may hold while they are gathered, all together. With what is kept they make up CACHE_MAX_MB.
    /// </summary>
    long GatheringBytes { get; }

    /// <summary>The kept answer, or null. Throws when the cache itself fails.</summary>
    ValueTask<T?> FindAsync<T>(string key, CancellationToken cancellationToken)
        where T : class;

    /// <param name="size">Bytes that the answer counts for.</param>
    ValueTask StoreAsync<T>(string key, T response, long size, CancellationToken cancellationToken)
        where T : class;
}
